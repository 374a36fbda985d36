namespace AnomalyKit.Autoencoder.Kernels;

/// <summary>The sizes that every kernel counts on, whatever its vectors' width. Callers pad to them.</summary>
internal static class KernelShape
{
    /// <summary>Strides are multiples of the widest vector, in floats.</summary>
    public const int Lane = 16;

    /// <summary>Rows go through the kernels in multiples of so many.</summary>
    public const int RowTile = 8;
}
