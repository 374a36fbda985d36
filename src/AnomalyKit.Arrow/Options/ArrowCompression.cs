namespace AnomalyKit;

/// <summary>How the buffers of Arrow messages are compressed.</summary>
public enum ArrowCompression
{
    /// <summary>Not at all: readers need not copy them.</summary>
    None,

    /// <summary>LZ4 frames: fast.</summary>
    Lz4,

    /// <summary>Zstandard: smaller.</summary>
    Zstd,
}
