using System.Xml.Linq;

namespace AnomalyKit.Samples.Tests.Readme;

/// <summary>Where samples and their programs lie.</summary>
internal static class SampleRepository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The folders of all samples.</summary>
    public static IReadOnlyList<string> Samples { get; } =
    [
        .. Directory.EnumerateDirectories(Path.Combine(Root, "samples"))
            .Where(folder => Directory.EnumerateFiles(folder).Any())
            .Select(folder => Path.GetFileName(folder))
            .Order(StringComparer.Ordinal),
    ];

    public static string Folder(string sample) => Path.Combine(Root, "samples", sample);

    /// <summary>The project file of a sample; null where it has none.</summary>
    public static string? Project(string sample) => Directory.EnumerateFiles(Folder(sample), "*.csproj").SingleOrDefault();

    /// <summary>The program that the build of these tests has built.</summary>
    public static string Program(string sample)
    {
        string build = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        string framework = Path.GetFileName(build);
        string configuration = Path.GetFileName(Path.GetDirectoryName(build)!);
        return Path.Combine(Folder(sample), "bin", configuration, framework, $"{Property(sample, "AssemblyName")}.dll");
    }

    /// <summary>Whether <c>dotnet run</c> starts the program in the sample's folder, not where it is called.</summary>
    public static bool RunsInItsFolder(string sample) => Property(sample, "RunWorkingDirectory") == "$(MSBuildProjectDirectory)";

    private static string? Property(string sample, string name) => XDocument.Load(Project(sample)!).Descendants(name).SingleOrDefault()?.Value;

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
