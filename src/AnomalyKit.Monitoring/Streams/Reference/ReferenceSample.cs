using AnomalyKit.Monitoring.Reference;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>What values looked like before: order statistics of a sample, against which later values are ranked.</summary>
/// <remarks>
/// <para>
/// Take values that later ones should look like. For scores this means scores of rows that the detector was <b>not</b> fitted on: a detector's scores of its own training rows differ from those of new rows
/// by construction, and the difference would be taken for drift. The more values, the smaller the changes that can be noticed: the mean rank of later values is known to about 1 / √count.
/// </para>
/// <para>Memory: at most <see cref="MaxEdges"/> values are kept, however large the sample. Ranks between them are known exactly; inside an interval between two of them they are shared. Immutable.</para>
/// </remarks>
public sealed class ReferenceSample
{
    /// <summary>The most values that are kept, 255: 8 KB.</summary>
    public const int MaxEdges = 255;

    internal ReferenceSample(OrderStatisticsSummary summary)
    {
        Cells = new ReferenceCells(summary);
    }

    /// <summary>Summarises a sample.</summary>
    /// <param name="values">At least two finite values in any order; not changed, not kept.</param>
    /// <exception cref="ArgumentException">There are fewer than two values, or one is not finite.</exception>
    public ReferenceSample(ReadOnlySpan<double> values)
        : this(OrderStatisticsSummary.Of(values.ToArray(), MaxEdges))
    {
    }

    /// <summary>Summarises a sample of scores.</summary>
    /// <inheritdoc cref="ReferenceSample(ReadOnlySpan{double})"/>
    public ReferenceSample(ReadOnlySpan<float> values)
        : this(OrderStatisticsSummary.Of(OrderStatisticsSummary.Widen(values), MaxEdges))
    {
    }

    /// <summary>How many values the sample had.</summary>
    public long Count => Cells.Summary.Count;

    /// <summary>How many of them are kept.</summary>
    public int EdgeCount => Cells.Summary.Edges.Length;

    internal ReferenceCells Cells { get; }

    /// <summary>Where a value stands in the sample.</summary>
    /// <param name="value">Any number but NaN.</param>
    /// <returns>Above 0 and below 1: the middle of the ranks that the value may have, divided by count + 1. 0.5 is the median; close to 1 is higher than almost all.</returns>
    public double Rank(double value)
    {
        var (from, to) = Cells.Gaps(Cells.CellOf(value));
        return (from + to) / 2.0 / (Count + 1);
    }

    /// <summary>The p-value of a value, by its rank from above: (#{greater} + U(1 + #{equal})) / (count + 1).</summary>
    /// <param name="value">Any number but NaN.</param>
    /// <param name="tieBreak">U, above 0 and at most 1, uniform: spreads the p-value over the ranks that the value may have.</param>
    /// <returns>Above 0 and at most 1. For one value exchangeable with the sample it is uniform; for many compared with the same sample it is only approximately so, see <see cref="ReferenceMonitor"/>.</returns>
    public double PValue(double value, double tieBreak)
    {
        var (from, to) = Cells.Gaps(Cells.CellOf(value));
        return (Count + 1 - to + (tieBreak * (to - from))) / (Count + 1);
    }

    internal void WriteTo(ModelWriter writer) => Cells.Summary.WriteTo(writer);

    internal static ReferenceSample Read(ModelReader reader) => new(OrderStatisticsSummary.Read(reader));
}
