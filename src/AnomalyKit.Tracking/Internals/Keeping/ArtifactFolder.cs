using System.Security.Cryptography;

namespace AnomalyKit.Keeping;

/// <summary>The contents of artifacts, in files beside the store that are called after their SHA-256.</summary>
/// <remarks>So no path of an artifact ever becomes a path of the disk, equal contents lie there once, and what was kept can be checked.</remarks>
internal sealed class ArtifactFolder(string storePath)
{
    private const int BufferBytes = 1 << 16;

    public string Root { get; } = storePath + ".artifacts";

    /// <summary>Keeps a content.</summary>
    /// <returns>Its length and hash; it is on the disk.</returns>
    public (long Length, string Hash) Keep(Stream content)
    {
        Directory.CreateDirectory(Root);
        string beside = Path.Combine(Root, $"{Guid.NewGuid():N}.tmp");
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long length = 0;
            using (var file = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                var buffer = new byte[BufferBytes];
                for (int read; (read = content.Read(buffer)) > 0; length += read)
                {
                    hash.AppendData(buffer, 0, read);
                    file.Write(buffer, 0, read);
                }

                file.Flush(flushToDisk: true);
            }

            string name = Convert.ToHexStringLower(hash.GetHashAndReset());
            string place = PlaceOf(name);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            CheckLinks(place);
            File.Move(beside, place, overwrite: true);
            return (length, name);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>Opens a content.</summary>
    public FileStream Open(string hash)
    {
        string place = PlaceOf(hash);
        CheckLinks(place);
        return new FileStream(place, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
    }

    /// <summary>What is wrong with a content, to follow the artifact's name; null where nothing is.</summary>
    public string? ProblemOf(string hash, long length)
    {
        try
        {
            using var file = Open(hash);
            return file.Length != length || Convert.ToHexStringLower(SHA256.HashData(file)) != hash ? $"differs from what was stored ({file.Name})" : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read: {e.Message}";
        }
    }

    public void Remove(string hash) => File.Delete(PlaceOf(hash));

    private string PlaceOf(string hash) => Path.Combine(Root, hash[..2], hash);

    // The root may be a link to a larger disk; within it nothing leads elsewhere.
    private static void CheckLinks(string place)
    {
        if (new FileInfo(place).LinkTarget is not null || new DirectoryInfo(Path.GetDirectoryName(place)!).LinkTarget is not null)
            throw new IOException($"'{place}' is a link, or in a folder that is one. Remove the link: contents of artifacts lie where the store is.");
    }
}
