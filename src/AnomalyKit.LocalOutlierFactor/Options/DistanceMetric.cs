namespace AnomalyKit;

/// <summary>How the distance of two rows is measured: the Minkowski metrics of order 2, 1 and ∞.</summary>
public enum DistanceMetric
{
    /// <summary>√Σ (xᵢ − yᵢ)².</summary>
    Euclidean,

    /// <summary>Σ |xᵢ − yᵢ|.</summary>
    Manhattan,

    /// <summary>max |xᵢ − yᵢ|.</summary>
    Chebyshev,
}
