namespace AnomalyKit.EllipticEnvelope;

/// <summary>A column that earlier ones explain: in units of their standard deviations it is the weighted sum of them, up to rounding.</summary>
/// <param name="Column">The column.</param>
/// <param name="Earlier">The independent columns before it.</param>
/// <param name="Weights">One weight for each of <paramref name="Earlier"/>.</param>
internal sealed record CollinearColumn(int Column, int[] Earlier, double[] Weights)
{
    // For people: what contributes less is not named.
    private const double NamedWeight = 1e-4;

    /// <summary>The columns that contribute visibly.</summary>
    public int[] Of => [.. Earlier.Where((_, k) => Math.Abs(Weights[k]) > NamedWeight)];
}
