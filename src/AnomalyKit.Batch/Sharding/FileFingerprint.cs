using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AnomalyKit.Batch.Sharding;

/// <summary>Tells a file from a changed one without reading all of it: length, start and end. Time stamps say nothing across machines.</summary>
internal static class FileFingerprint
{
    private const int EdgeBytes = 1 << 16;

    public static string Of(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, stream.Length);
        hash.AppendData(length);
        var edge = new byte[EdgeBytes];
        hash.AppendData(edge.AsSpan(0, stream.ReadAtLeast(edge, EdgeBytes, throwOnEndOfStream: false)));
        stream.Position = Math.Max(0, stream.Length - EdgeBytes);
        hash.AppendData(edge.AsSpan(0, stream.ReadAtLeast(edge, EdgeBytes, throwOnEndOfStream: false)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Refuses a file that is gone, or is not what it was.</summary>
    public static void ThrowIfChanged(ShardFile file)
    {
        string path = file.File.Path;
        var now = new FileInfo(path);
        if (!now.Exists)
            throw new ShardException($"'{path}' existed when its rows were counted, but is gone now. Restore it, or create the plan and all shards again.");
        if (now.Length != file.File.Bytes)
            throw new ShardException($"'{path}' had {file.File.Bytes} bytes when its rows were counted, but has {now.Length} now. Create the plan and all shards again, from files that do not change.");
        if (Of(path) != file.Fingerprint)
            throw new ShardException($"'{path}' has changed since its rows were counted. Create the plan and all shards again, from files that do not change.");
    }
}
