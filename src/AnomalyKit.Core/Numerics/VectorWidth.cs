namespace AnomalyKit.Numerics;

/// <summary>The width of the vectors that a numeric kernel computes with. Results are the same with all of them; only the speed differs.</summary>
public enum VectorWidth
{
    /// <summary>The widest that the machine has.</summary>
    Auto,

    /// <summary>One number at a time: the reference that the other widths are tested against.</summary>
    Scalar,

    /// <summary>Vectors of 128 bits: SSE and NEON.</summary>
    Lanes128,

    /// <summary>Vectors of 256 bits: AVX2.</summary>
    Lanes256,

    /// <summary>Vectors of 512 bits: AVX-512.</summary>
    Lanes512,
}
