using System.Security.Cryptography;

namespace AnomalyKit.Keeping;

/// <summary>The contents of artifacts, in files beside the store that are called after their SHA-256.</summary>
/// <remarks>So no path of an artifact ever becomes a path of the disk, equal contents lie there once, and what was kept can be checked.</remarks>
internal sealed class ArtifactFolder(string storePath)
{
    private const int BufferBytes = 1 << 16;

    public string Root { get; } = storePath + ".artifacts";

    // Files beside are written within minutes.
    private static readonly TimeSpan MaxAgeBeside = TimeSpan.FromDays(1);

    /// <summary>Writes a content to the disk, beside its place.</summary>
    /// <returns>The content; dispose of it when it was placed, or is not needed.</returns>
    public ContentBeside Write(Stream content)
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

            return new ContentBeside(beside, length, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>Puts a content into its place. Done within the transaction that writes its row, so that nobody removes it in between; it may be done again.</summary>
    public void Place(ContentBeside content)
    {
        string place = PlaceOf(content.Hash);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        CheckLinks(place);
        if (File.Exists(content.Path) || !File.Exists(place))
            File.Move(content.Path, place, overwrite: true);
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

    /// <summary>Removes a content. Done within a transaction in which no row has it.</summary>
    public void Remove(string hash)
    {
        string place = PlaceOf(hash);
        if (File.Exists(place))
            File.Delete(place);
    }

    /// <summary>Removes what processes that were killed have left beside contents.</summary>
    public void SweepBeside()
    {
        if (!Directory.Exists(Root))
            return;
        foreach (string path in Directory.EnumerateFiles(Root, "*.tmp"))
        {
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(path) > MaxAgeBeside)
                File.Delete(path);
        }
    }

    private string PlaceOf(string hash) => Path.Combine(Root, hash[..2], hash);

    // The root may be a link to a larger disk; within it nothing leads elsewhere.
    private static void CheckLinks(string place)
    {
        if (new FileInfo(place).LinkTarget is not null || new DirectoryInfo(Path.GetDirectoryName(place)!).LinkTarget is not null)
            throw new IOException($"'{place}' is a link, or in a folder that is one. Remove the link: contents of artifacts lie where the store is.");
    }
}
