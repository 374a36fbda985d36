using System.Security.Cryptography;
using System.Text;

namespace AnomalyKit.Batch.Sharding;

/// <summary>Hashes that tell parts, plans and models apart.</summary>
internal static class PartKey
{
    public static string MadeBy { get; } = $"AnomalyKit.Batch {typeof(PartKey).Assembly.GetName().Version?.ToString(3)}";

    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The hash of what a part depends on. Each item stands with its length, so that no two lists read alike.</summary>
    public static string Of(IEnumerable<string> items)
    {
        var text = new StringBuilder();
        foreach (string item in items)
            text.Append(item.Length).Append(' ').Append(item).Append('\n');
        return Of(text.ToString());
    }

    public static string OfModel(TableDetector detector)
    {
        using var sha = SHA256.Create();
        using (var sink = new CryptoStream(Stream.Null, sha, CryptoStreamMode.Write))
            detector.Save(sink);
        return Convert.ToHexStringLower(sha.Hash!);
    }

    public static string OfFile(string path, CancellationToken cancellationToken)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer.AsSpan(0, read));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
