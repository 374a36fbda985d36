namespace AnomalyKit.Samples.CreditCard.Protocols;

/// <summary>The rows that a protocol fits on and those that it scores.</summary>
/// <param name="Training">The training rows. Their labels ride along; only <see cref="NormalTraining"/> looks at them.</param>
/// <param name="Test">The rows to score, with the labels to measure by.</param>
internal sealed record ProtocolSplit(FeatureMatrix Training, FeatureMatrix Test)
{
    private readonly Lazy<FeatureMatrix> _normal = new(() => NormalRows(Training));

    /// <summary>The standardisation that the <c>reference</c> settings use: fitted by the detector on its training rows unless the protocol has its own.</summary>
    public FeatureScaling StandardScaling { get; init; } = FeatureScaling.Standard;

    /// <summary>Whether a detector whose settings ask for it may be trained on <see cref="NormalTraining"/>.</summary>
    public bool MayTrainOnNormalRows { get; init; }

    /// <summary>The training rows that are labeled normal.</summary>
    public FeatureMatrix NormalTraining => _normal.Value;

    private static FeatureMatrix NormalRows(FeatureMatrix rows)
    {
        var normal = new List<int>(rows.RowCount);
        var labels = rows.Labels.Span;
        for (int row = 0; row < labels.Length; row++)
        {
            if (!labels[row])
                normal.Add(row);
        }

        return rows.SelectRows([.. normal]);
    }
}
