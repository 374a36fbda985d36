using System.Text;

namespace AnomalyKit;

/// <summary>The end of a log.</summary>
internal static class LogTail
{
    private const int MaxBytes = 1 << 16;

    /// <summary>The last lines of a file, without control characters; none where there is no file.</summary>
    public static IReadOnlyList<string> Of(string path, int lineCount)
    {
        if (!File.Exists(path))
            return [];
        // The task may still write, and the file may be of any length.
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Seek(-Math.Min(MaxBytes, stream.Length), SeekOrigin.End);
        byte[] bytes = new byte[MaxBytes];
        int length = stream.ReadAtLeast(bytes, MaxBytes, throwOnEndOfStream: false);
        string[] lines = Encoding.UTF8.GetString(bytes, 0, length).TrimEnd().Split('\n');
        return [.. lines.TakeLast(lineCount).Select(Printable).Where(line => line.Length > 0)];
    }

    private static string Printable(string line) => string.Concat(line.TrimEnd().Select(letter => letter == '\t' ? ' ' : char.IsControl(letter) ? '?' : letter));
}
