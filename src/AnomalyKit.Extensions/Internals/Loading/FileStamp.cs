using Microsoft.Win32.SafeHandles;

namespace AnomalyKit.Serving.Loading;

/// <summary>Length and time of an open file: of the file itself, whatever links lead to it.</summary>
internal readonly record struct FileStamp(long Length, DateTime WrittenAt)
{
    public static FileStamp Of(SafeFileHandle file) => new(RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));

    public static FileStamp Of(string path)
    {
        using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        return Of(file);
    }
}
