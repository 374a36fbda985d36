namespace AnomalyKit.LocalOutlierFactor;

/// <summary>A score that is made of a row's nearest points.</summary>
internal interface INeighborScore
{
    /// <summary>The score.</summary>
    /// <param name="points">The nearest points, nearest first.</param>
    /// <param name="distances">Their distances.</param>
    double Of(ReadOnlySpan<int> points, ReadOnlySpan<double> distances);
}
