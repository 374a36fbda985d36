namespace AnomalyKit;

/// <summary>The distribution of a column in both windows, in the same bins.</summary>
public sealed class DriftHistogram
{
    internal DriftHistogram(IReadOnlyList<string> labels, IReadOnlyList<double> edges, IReadOnlyList<double> reference, IReadOnlyList<double> current)
    {
        Labels = labels;
        Edges = edges;
        Reference = reference;
        Current = current;
    }

    /// <summary>The name of each bin of categories and booleans: the level, the same in both windows; empty for numbers and dates.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The ends of the bins of numbers and dates (of dates the ticks: 100 ns since 0001-01-01), one more than bins; empty for categories and booleans.</summary>
    public IReadOnlyList<double> Edges { get; }

    /// <summary>The fraction of the reference's values in each bin, from 0 to 1. Values beyond the ends are in the outermost bins.</summary>
    public IReadOnlyList<double> Reference { get; }

    /// <summary>The fraction of the current values in each bin, from 0 to 1.</summary>
    public IReadOnlyList<double> Current { get; }

    /// <summary>Whether the bins grow with the distance from the least score, evenly on a logarithmic axis. This is the case if a few scores are very much higher than the others. Always false for columns, whose bins are of equal width.</summary>
    public bool IsLogarithmic { get; internal init; }
}
