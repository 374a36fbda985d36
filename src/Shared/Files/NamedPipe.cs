using System.Formats.Tar;

namespace AnomalyKit.Files;

/// <summary>Tells named pipes (FIFOs) of Unix from files.</summary>
internal static class NamedPipe
{
    /// <summary>Whether a path is a named pipe. Nothing is read from it.</summary>
    /// <remarks>Opening a pipe waits for its other end, and attributes do not show what it is; what makes archives of files looks at the kind of each.</remarks>
    public static bool Is(string path)
    {
        // A pipe has no length, so that no content of a file is copied.
        if (OperatingSystem.IsWindows() || new FileInfo(path) is not { Exists: true, Length: 0 })
            return false;
        try
        {
            using var archive = new MemoryStream();
            using (var writer = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true))
                writer.WriteEntry(path, "file");
            archive.Position = 0;
            using var reader = new TarReader(archive);
            return reader.GetNextEntry()?.EntryType == TarEntryType.Fifo;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Whoever writes there says what is wrong.
            return false;
        }
    }
}
