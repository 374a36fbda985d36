namespace AnomalyKit.Onnx.Graphs;

/// <summary>How large the file will be, counted while it is put together: the format allows 2 GB, and what writes it counts in 32 bits.</summary>
internal sealed class FileSize
{
    /// <summary>The most bytes of a file, less what is not counted one by one.</summary>
    public const long MaxBytes = int.MaxValue - (1 << 20);

    private long _bytes;

    /// <summary>Counts bytes that are about to be added.</summary>
    /// <param name="bytes">How many, at least.</param>
    /// <param name="what">What they hold, for the error.</param>
    /// <exception cref="OnnxExportException">The file would be too large.</exception>
    public void Add(long bytes, string what)
    {
        _bytes += bytes;
        if (_bytes > MaxBytes)
        {
            throw new OnnxExportException(
                $"The ONNX file would take more than {MaxBytes >> 20} MiB ({what} alone {bytes >> 20} MiB); the format ends at 2 GB. "
                + "Fit a smaller model: fewer reference rows (SampleSize), support vectors or trees.");
        }
    }
}
