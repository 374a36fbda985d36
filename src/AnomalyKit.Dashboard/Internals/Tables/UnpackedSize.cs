using System.IO.Compression;
using AnomalyKit.Dashboard.Work;

namespace AnomalyKit.Dashboard.Tables;

/// <summary>How large a packed file is when it is unpacked: a few bytes may stand for very many.</summary>
internal static class UnpackedSize
{
    /// <summary>Unpacks a gzip file to nowhere, up to the limit; other files are left alone.</summary>
    /// <exception cref="TableDataException">It is larger.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static void Check(string path, long maxBytes, CancellationToken cancellationToken)
    {
        using var packed = File.OpenRead(path);
        // As the reader of CSV does: content counts, not the name.
        bool isPacked = packed.ReadByte() == 0x1f && packed.ReadByte() == 0x8b;
        if (!isPacked)
            return;
        packed.Position = 0;
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        byte[] buffer = new byte[1 << 18];
        long total = 0;
        int read;
        while ((read = unpacked.Read(buffer)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if ((total += read) > maxBytes)
                throw new TableDataException($"The file is larger than {ByteText.Of(maxBytes)} when unpacked, the most that this dashboard takes. Upload a part of it, or score it with 'anomalykit score'.");
        }
    }
}
