using System.Runtime.Loader;

namespace AnomalyKit.Docs.Tests;

/// <summary>Runs a compiled snippet in a folder of its own, as <c>dotnet run</c> would.</summary>
internal static class SnippetRunner
{
    /// <summary>Not thread-safe: the current folder and the console belong to the process.</summary>
    /// <returns>What it printed.</returns>
    public static string Run(byte[] assembly)
    {
        string folder = Directory.CreateTempSubdirectory("anomalykit-docs-").FullName;
        string before = Directory.GetCurrentDirectory();
        var console = Console.Out;
        var context = new AssemblyLoadContext("snippet", isCollectible: true);
        try
        {
            foreach (string name in new[] { "transactions.csv", "payments.csv" })
                File.Copy(Path.Combine(RepositoryRoot.Path, "samples/QuickStart", name), Path.Combine(folder, name));
            Directory.SetCurrentDirectory(folder);
            using var output = new StringWriter { NewLine = "\n" };
            Console.SetOut(output);
            // The entry point waits for whatever is asynchronous in it.
            var entry = context.LoadFromStream(new MemoryStream(assembly)).EntryPoint!;
            entry.Invoke(null, entry.GetParameters().Length == 0 ? null : [Array.Empty<string>()]);
            return output.ToString();
        }
        finally
        {
            Console.SetOut(console);
            Directory.SetCurrentDirectory(before);
            context.Unload();
            Directory.Delete(folder, recursive: true);
        }
    }
}
