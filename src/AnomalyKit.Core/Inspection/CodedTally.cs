namespace AnomalyKit;

/// <summary>What is counted of a column whose cells are 64-bit codes: numbers, booleans, dates.</summary>
internal abstract class CodedTally(TableField field, InspectionOptions options) : ColumnTally(field, options)
{
    private readonly ValueCounts<long> _counts = new(options.MaxDistinctValues);

    public override bool HasExactDistinctCount => _counts.IsExact;

    protected override int ExactDistinctCount => _counts.DistinctCount;

    /// <summary>How many cells have a code, or at least how many.</summary>
    protected long CountOf(long code) => _counts.CountOf(code);

    protected void CountCode(long code, ulong hash)
    {
        _counts.Add(code);
        Distinct.Add(hash);
    }

    protected IEnumerable<FrequentValue> Frequent(Func<long, string> text, IComparer<long>? order = null) =>
        _counts.Frequent(order ?? Comparer<long>.Default).Select(pair => new FrequentValue(text(pair.Value), pair.Count, _counts.IsExact));
}
