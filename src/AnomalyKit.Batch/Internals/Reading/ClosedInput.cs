namespace AnomalyKit.Batch.Reading;

/// <summary>
/// Finds out whether the process was started without standard input. .NET then opens its own pipes under the number of it, and whoever reads waits for ever: nobody else can write there.
/// </summary>
internal static class ClosedInput
{
    /// <param name="process">The folder in which Linux shows the process; other systems have none, and nothing is found out there.</param>
    public static bool Is(string process)
    {
        try
        {
            string? input = TargetOf(Path.Combine(process, "fd", "0"));
            if (input is null || !input.StartsWith("pipe:", StringComparison.Ordinal))
                return input?.StartsWith("anon_inode:", StringComparison.Ordinal) == true;
            return Directory.EnumerateFileSystemEntries(Path.Combine(process, "fd")).Any(path => TargetOf(path) == input && Writes(Path.Combine(process, "fdinfo", Path.GetFileName(path))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string? TargetOf(string path) => new FileInfo(path).LinkTarget;

    private static bool Writes(string info)
    {
        const int AccessMode = 3;
        const string Flags = "flags:";
        // A handle that was closed meanwhile has none.
        string? line = File.Exists(info) ? File.ReadLines(info).FirstOrDefault(one => one.StartsWith(Flags, StringComparison.Ordinal)) : null;
        return line is not null && (Convert.ToInt32(line[Flags.Length..].Trim(), 8) & AccessMode) != 0;
    }
}
