namespace AnomalyKit;

/// <summary>The attributions of many rows.</summary>
public sealed class AttributionBatch
{
    private readonly double[] _contributions;
    private readonly double[] _baselines;
    private readonly double[] _explained;

    internal AttributionBatch(RowAttributor attributor, double[] contributions, double[] baselines, double[] explained)
    {
        Info = attributor.Info;
        Groups = attributor.Groups;
        _contributions = contributions;
        _baselines = baselines;
        _explained = explained;
    }

    /// <summary>What is explained, and how.</summary>
    public AttributionInfo Info { get; }

    /// <summary>The columns, or the groups of columns, that contributions are of.</summary>
    public ColumnGroups Groups { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount => _explained.Length;

    /// <summary>The baseline of each row: for most detectors one number for all.</summary>
    public ReadOnlySpan<double> Baselines => _baselines;

    /// <summary>The explained value of each row.</summary>
    public ReadOnlySpan<double> Explained => _explained;

    /// <summary>The contributions of a row.</summary>
    /// <param name="row">The zero-based row.</param>
    /// <returns>One number per column or group: above 0 where it made the row more anomalous.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ReadOnlySpan<double> Contributions(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowCount);
        return _contributions.AsSpan(row * Groups.Count, Groups.Count);
    }

    /// <summary>How much each column matters over all rows: the mean of the absolute contributions.</summary>
    /// <returns>One number per column or group; zeros where there are no rows.</returns>
    public double[] MeanAbsoluteContributions()
    {
        var means = new double[Groups.Count];
        for (int row = 0; row < RowCount; row++)
        {
            var contributions = Contributions(row);
            for (int i = 0; i < means.Length; i++)
                means[i] += Math.Abs(contributions[i]) / RowCount;
        }

        return means;
    }
}
