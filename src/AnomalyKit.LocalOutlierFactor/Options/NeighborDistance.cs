namespace AnomalyKit;

/// <summary>Which of a row's distances to its k nearest neighbors is its score.</summary>
public enum NeighborDistance
{
    /// <summary>The mean of all k (F. Angiulli, C. Pizzuti, <i>Fast Outlier Detection in High Dimensional Spaces</i>, PKDD 2002).</summary>
    Mean,

    /// <summary>That to the k-th (S. Ramaswamy, R. Rastogi, K. Shim, <i>Efficient Algorithms for Mining Outliers from Large Data Sets</i>, SIGMOD 2000).</summary>
    Largest,

    /// <summary>The median of all k.</summary>
    Median,
}
