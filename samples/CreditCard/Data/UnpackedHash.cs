using System.IO.Compression;
using System.Security.Cryptography;

namespace AnomalyKit.Samples.CreditCard.Data;

/// <summary>The SHA-256 of a file's text: of the bytes that come out of gzip where it is packed, else of the file.</summary>
internal static class UnpackedHash
{
    public static async Task<string> ComputeAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan | FileOptions.Asynchronous);
        bool packed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        await using Stream text = packed ? new GZipStream(file, CompressionMode.Decompress) : file;
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(text, cancellationToken));
    }
}
