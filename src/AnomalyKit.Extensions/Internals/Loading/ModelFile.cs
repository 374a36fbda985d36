using System.Security.Cryptography;
using AnomalyKit.Persistence;

namespace AnomalyKit.Serving.Loading;

/// <summary>Reads model files that others may be writing.</summary>
internal static class ModelFile
{
    /// <summary>The SHA-256 of a file, in lower-case hexadecimal.</summary>
    public static async Task<string> FingerprintAsync(string path, CancellationToken cancellationToken)
    {
        var file = Open(path);
        await using (file.ConfigureAwait(false))
            return await FingerprintAsync(file, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Loads a detector, unless the file holds what is known already.</summary>
    /// <returns>The detector, null where it is known, and the fingerprint of what was read.</returns>
    /// <exception cref="IOException">The file cannot be read, or changed while it was.</exception>
    /// <exception cref="ModelFormatException">It holds no model.</exception>
    public static async Task<(TableDetector? Detector, string Fingerprint)> LoadAsync(string path, string? knownFingerprint, ModelCatalog catalog, CancellationToken cancellationToken)
    {
        var file = Open(path);
        await using (file.ConfigureAwait(false))
        {
            var before = FileStamp.Of(file.SafeFileHandle);
            string fingerprint = await FingerprintAsync(file, cancellationToken).ConfigureAwait(false);
            if (fingerprint == knownFingerprint)
                return (null, fingerprint);
            file.Position = 0;
            var detector = TableDetector.LoadAny(file, catalog);
            return FileStamp.Of(file.SafeFileHandle) == before
                ? (detector, fingerprint)
                : throw new IOException($"The file '{path}' was written to while it was read; it is read again when it has changed. Write models beside their place and rename them.");
        }
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);

    private static async Task<string> FingerprintAsync(FileStream file, CancellationToken cancellationToken) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
}
