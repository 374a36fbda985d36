namespace AnomalyKit.EllipticEnvelope;

/// <summary>Σ y and Σ y yᵀ over some rows' images.</summary>
internal sealed class Scatter(int stride)
{
    /// <summary>The lower triangle of Σ y yᵀ, with rows of <see cref="Stride"/>.</summary>
    public double[] Products { get; } = new double[(long)stride * stride];

    public double[] Sums { get; } = new double[stride];

    public int Stride => stride;

    /// <summary>The number of rows, or the sum of their weights.</summary>
    public double Count { get; set; }

    /// <summary>Adds another scatter, or takes it away.</summary>
    public void Add(Scatter other, double sign = 1)
    {
        for (int i = 0; i < Products.Length; i++)
            Products[i] += sign * other.Products[i];
        for (int i = 0; i < Sums.Length; i++)
            Sums[i] += sign * other.Sums[i];
        Count += sign > 0 ? other.Count : -other.Count;
    }
}
