using System.IO.Enumeration;
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

    /// <summary>Refuses parts of shards in a folder that is searched for data: each shard would read what its neighbors have written.</summary>
    /// <param name="path">The file that the parts are for; null for none.</param>
    /// <param name="data">What is read, as it was typed.</param>
    public static void CheckParts(string? path, IEnumerable<string> data)
    {
        if (string.IsNullOrEmpty(path))
            return;
        string parts = Path.GetFullPath(ShardParts.FolderOf(path));
        if (data.FirstOrDefault(searched => IsSearched(parts, searched)) is { } reading)
            throw new UsageException($"--out '{path}' puts the parts of the shards below '{reading}', where each shard would read those of its neighbors as data. Put it elsewhere.");
    }

    /// <summary>Refuses a table in a folder that is searched for data, where the next command would read it.</summary>
    /// <param name="path">The file; null for none.</param>
    /// <param name="data">What is read, as it was typed.</param>
    public static void CheckOutside(string? path, IEnumerable<string> data)
    {
        if (path is { Length: > 0 } && data.FirstOrDefault(searched => Directory.Exists(searched) && IsSearched(Path.GetFullPath(path), searched)) is { } reading)
            throw new UsageException($"--out '{path}' lies below '{reading}', where the next command would read it as data. Put it elsewhere.");
    }

    private static bool IsSearched(string folder, string data)
    {
        bool isFolder = Directory.Exists(data);
        int star = data.IndexOfAny(['*', '?']);
        if (isFolder || data.Contains("**", StringComparison.Ordinal))
        {
            string root = isFolder ? data : Path.GetDirectoryName(data[..star]) is { Length: > 0 } before ? before : ".";
            // What is hidden is not searched.
            string below = Path.GetRelativePath(root, folder);
            return !Path.IsPathRooted(below) && !below.Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.'));
        }

        string place = Path.GetDirectoryName(data) is { Length: > 0 } named ? named : ".";
        if (star < 0 || star < data.Length - Path.GetFileName(data).Length)
            return false;
        // A pattern may name the folder, or one around it.
        string around = Path.GetRelativePath(place, folder).Split(Path.DirectorySeparatorChar)[0];
        return !around.StartsWith('.') && FileSystemName.MatchesSimpleExpression(Path.GetFileName(data), around, ignoreCase: false);
    }

    /// <summary>Refuses a report whose ending says neither HTML nor JSON.</summary>
    public static void CheckReport(string? path)
    {
        if (path is not null && Path.GetExtension(path).ToLowerInvariant() is not (".html" or ".htm" or ".json"))
            throw new UsageException($"--report '{path}': the ending says what is written. Give a name that ends in .html or .json.");
    }

    /// <summary>Refuses a table whose ending does not say its format.</summary>
    public static void CheckTable(string? path)
    {
        if (path is { Length: > 0 } && TableFiles.FormatOf(path) is null)
            throw new UsageException($"--out '{path}': the ending says what is written. Give a name that ends in .csv, .csv.gz, .parquet, .arrow or .jsonl.");
    }

    /// <summary>The paths of files.</summary>
    public static IEnumerable<string> Of(TableFiles files) => files.Files.Select(file => file.Path);
}
