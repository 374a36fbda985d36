namespace AnomalyKit;

/// <summary>How Arrow data is written.</summary>
public sealed class ArrowWriteOptions
{
    /// <summary>The options that apply where none are given.</summary>
    public static ArrowWriteOptions Default { get; } = new();

    /// <summary>The format; that of files by default.</summary>
    public ArrowFormat Format
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such format.");
    }

    /// <summary>How buffers are compressed; not at all by default.</summary>
    public ArrowCompression Compression
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such compression.");
    }
}
