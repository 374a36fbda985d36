namespace AnomalyKit.Keeping;

/// <summary>The content of an artifact that is on the disk, but not in its place yet.</summary>
/// <param name="Path">The file.</param>
/// <param name="Length">The number of bytes.</param>
/// <param name="Hash">The SHA-256.</param>
internal sealed record ContentBeside(string Path, long Length, string Hash) : IDisposable
{
    public void Dispose() => File.Delete(Path);
}
