using System.Security.Cryptography;

namespace AnomalyKit.Fits;

/// <summary>A SHA-256 over the bytes of files.</summary>
internal static class FileHash
{
    /// <summary>A hash of the bytes of files, one after the other.</summary>
    /// <exception cref="RunTrackingException">One cannot be read a second time.</exception>
    public static string Of(IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        foreach (string path in files)
        {
            try
            {
                using var file = File.OpenRead(path);
                for (int read; (read = file.Read(buffer)) > 0;)
                    hash.AppendData(buffer, 0, read);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new RunTrackingException($"The hash of '{path}' is not kept: {e.Message}", e);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
