using System.Reflection;

namespace AnomalyKit.Architecture.Tests;

/// <summary>The repository that the tests were built from: its folders and its packages.</summary>
internal static class House
{
    /// <summary>The folder that holds AnomalyKit.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folders of <c>src</c> that become packages to compile against, by name; programs are none.</summary>
    public static IReadOnlyList<string> Packages { get; } =
    [
        .. Directory.GetDirectories(Path.Combine(Root, "src"))
            .Select(folder => Path.GetFileName(folder))
            .Where(name => Path.Combine(Root, "src", name, name + ".csproj") is var project && File.Exists(project) && !File.ReadAllText(project).Contains("<OutputType>Exe<", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> PackageNames => [.. Packages];

    public static Assembly AssemblyOf(string package) => Assembly.Load(new AssemblyName(package));

    public static string FolderOf(string package) => Path.Combine(Root, "src", package);

    /// <summary>The C# files below a folder that are written by hand, as paths from the repository's root with slashes.</summary>
    public static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj"))
        .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AnomalyKit.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds AnomalyKit.sln.");
    }
}
