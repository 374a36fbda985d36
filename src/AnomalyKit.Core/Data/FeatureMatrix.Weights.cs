namespace AnomalyKit;

public sealed partial class FeatureMatrix
{
    private readonly RowWeights _weights;

    /// <summary>Whether every row has a weight. Slices and selections of a weighted matrix are weighted, also those of no rows.</summary>
    public bool HasWeights => _weights.Exist;

    /// <summary>One weight per row, finite and at least 0; empty if there are no weights.</summary>
    /// <remarks>
    /// A weight says how many times a row counts: 2 stands for the row given twice, 0 for a row that is not there, 1 for all rows is the same as no weights. Only
    /// fitting reads weights (see <see cref="IDetectorTrainer.AcceptsWeights"/>); scores of rows do not depend on them. Their scale matters, because
    /// they are counts: weights that add up to 1 describe a single row. Weights that only compare rows should average 1.
    /// </remarks>
    public ReadOnlyMemory<double> Weights => _weights.Values;

    /// <summary>The same rows with other weights.</summary>
    /// <param name="weights">One weight per row, or empty to drop the weights. Not copied: writing to this memory afterwards changes the weights.</param>
    /// <returns>A view of the same cells.</returns>
    /// <exception cref="ArgumentException">The number of weights differs from the number of rows; or a weight is NaN, infinite or below 0; or all of them are 0.</exception>
    public FeatureMatrix WithWeights(ReadOnlyMemory<double> weights)
    {
        if (weights.IsEmpty)
            return Weighted(default);
        if (weights.Length != RowCount)
            throw new ArgumentException($"{weights.Length} weights for {RowCount} rows; give one weight per row, or none.", nameof(weights));
        RowWeights.Checked(weights.Span, nameof(weights));
        return Weighted(new RowWeights(weights, true));
    }

    /// <summary>The same rows with weights that are known to be fine.</summary>
    private FeatureMatrix Weighted(RowWeights weights) =>
        !weights.Exist && !HasWeights ? this : new FeatureMatrix(_blocks, _rowsPerBlock, _firstRow, RowCount, Schema, _labels, HasLabels, weights);
}
