namespace AnomalyKit.LocalOutlierFactor;

/// <summary>The sizes of neighborhoods where none is given.</summary>
internal static class NeighborDefaults
{
    /// <summary>For densities.</summary>
    public static int ForDensity(int rows) => Math.Clamp((int)(4 * Math.Sqrt(rows)), 1, Math.Min(100, Math.Max(1, rows / 2)));

    /// <summary>For distances.</summary>
    public static int ForDistance(int rows) => Math.Clamp((int)(4 * Math.Sqrt(rows)), 1, Math.Min(50, Math.Max(1, rows / 2)));
}
