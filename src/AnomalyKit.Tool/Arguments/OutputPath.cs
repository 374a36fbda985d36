using AnomalyKit.Files;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Arguments;

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
        var folders = new Dictionary<string, string>();
        string place = FilePlace.Of(FilePlace.Check(path), folders);
        if (inputs.FirstOrDefault(input => FilePlace.Of(input, folders) == place) is { } same)
            throw new UsageException($"{option} '{path}' is the input '{same}', which would be replaced. Name another file.");
    }

    /// <summary>The paths of files.</summary>
    public static IEnumerable<string> Of(TableFiles files) => files.Files.Select(file => file.Path);
}
