using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Reading;

/// <summary>Where results go, looked at before the work begins.</summary>
internal static class OutputPath
{
    /// <summary>Refuses a place that cannot be written, and one that holds what is read.</summary>
    /// <param name="option">The option, for errors.</param>
    /// <param name="path">The file; null for none.</param>
    /// <param name="inputs">What is read.</param>
    public static void Check(string option, string? path, params IEnumerable<string> inputs)
    {
        if (path is null)
            return;
        if (path.Length == 0)
            throw new UsageException($"{option} needs the name of a file.");
        if (path == TableFile.StandardInput)
            throw new UsageException($"{option} takes no '-'. Leave {option} out for standard output; a file of that name is written './-'.");
        if (Directory.Exists(path))
            throw new IOException($"'{path}' is a folder. Name a file in it.");
        string target = Target(path);
        if (inputs.FirstOrDefault(input => Target(input) == target) is { } same)
            throw new UsageException($"{option} '{path}' is the input '{same}', which would be replaced. Name another file.");
        string? folder = Path.GetDirectoryName(target);
        if (folder is not null && !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The folder '{folder}' does not exist, so '{path}' cannot be written. Create it first.");
    }

    /// <summary>The paths of files.</summary>
    public static IEnumerable<string> Of(TableFiles files) => files.Files.Select(file => file.Path);

    private static string Target(string path) =>
        new FileInfo(path) is { LinkTarget: not null } link && link.ResolveLinkTarget(returnFinalTarget: true) is { } target ? target.FullName : Path.GetFullPath(path);
}
