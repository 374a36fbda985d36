namespace AnomalyKit.Autoencoder.Kernels;

/// <summary>What shape the matrix of a panel's product has, and what becomes of the sums on their way to memory.</summary>
internal enum PanelProduct
{
    /// <summary>A full matrix; the sums as they are.</summary>
    Full,

    /// <summary>A full matrix; max(sum, 0).</summary>
    Rectified,

    /// <summary>Output i takes inputs 0 to i, and the weights of the others are zero; the sums as they are.</summary>
    Triangular,
}
