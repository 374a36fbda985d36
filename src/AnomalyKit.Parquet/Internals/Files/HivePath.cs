namespace AnomalyKit.Parquet.Files;

/// <summary>Folders named <c>key=value</c>: Hive's way to keep a column out of the files.</summary>
internal static class HivePath
{
    private const string Missing = "__HIVE_DEFAULT_PARTITION__";

    public static IReadOnlyList<KeyValuePair<string, string?>> Partitions(string path)
    {
        var found = new List<KeyValuePair<string, string?>>();
        string[] folders = (Path.GetDirectoryName(path) ?? string.Empty).Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar]);
        foreach (string folder in folders)
        {
            int at = folder.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
                continue;
            string value = Uri.UnescapeDataString(folder[(at + 1)..]);
            found.Add(new(Uri.UnescapeDataString(folder[..at]), value == Missing ? null : value));
        }

        return found;
    }
}
