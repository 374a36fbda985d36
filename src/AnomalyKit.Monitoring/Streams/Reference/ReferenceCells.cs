namespace AnomalyKit.Monitoring.Reference;

/// <summary>The line, cut at the kept values of a reference sample: cell 2i is the open interval below the i-th distinct value, cell 2i + 1 is that value itself, the last cell lies above all.</summary>
/// <remarks>
/// A sample of n values has n + 1 gaps: gap g lies above g of them. A bin is the set of gaps between two kept ranks. An interval cell is one bin. A value that occurs in the sample shares the gaps on both sides of
/// all its copies, which may belong to several bins.
/// </remarks>
internal sealed class ReferenceCells
{
    private readonly EdgeSearch _search;
    private readonly int[] _intervalBin;
    private readonly (long From, long To)[] _atoms;

    public ReferenceCells(OrderStatisticsSummary summary)
    {
        Summary = summary;
        var distinct = new List<double>();
        var bins = new List<int> { 0 };
        var atoms = new List<(long From, long To)>();
        for (int i = 0; i < summary.Edges.Length; i++)
        {
            if (distinct.Count > 0 && summary.Edges[i] == distinct[^1])
            {
                bins[^1] = i + 1;
                continue;
            }

            distinct.Add(summary.Edges[i]);
            atoms.Add((summary.Below[i], summary.Through[i] + 1));
            bins.Add(i + 1);
        }

        _search = new EdgeSearch([.. distinct]);
        CellCount = (2 * distinct.Count) + 1;
        _intervalBin = [.. bins];
        _atoms = [.. atoms];
    }

    public OrderStatisticsSummary Summary { get; }

    public int BinCount => Summary.Ranks.Length + 1;

    public int CellCount { get; }

    /// <summary>The cell of a value.</summary>
    public int CellOf(double value) => _search.CellOf(value);

    /// <summary>The gaps of a bin: from the first to before the second.</summary>
    public (long From, long To) Bin(int bin) =>
        (bin == 0 ? 0 : Summary.Ranks[bin - 1], bin == Summary.Ranks.Length ? Summary.Count + 1 : Summary.Ranks[bin]);

    /// <summary>The gaps that a value in a cell may have: from the first to before the second.</summary>
    public (long From, long To) Gaps(int cell) => (cell & 1) == 1 ? _atoms[cell >> 1] : Bin(_intervalBin[cell >> 1]);

    /// <summary>What each cell has of a number that each bin has: the mean over the gaps of the cell.</summary>
    public double[] Average(ReadOnlySpan<double> ofBins)
    {
        var ofCells = new double[CellCount];
        for (int cell = 0; cell < ofCells.Length; cell++)
        {
            if ((cell & 1) == 0)
            {
                ofCells[cell] = ofBins[_intervalBin[cell >> 1]];
                continue;
            }

            var (from, to) = _atoms[cell >> 1];
            double sum = 0;
            for (int bin = BinOf(from); bin < BinCount && Bin(bin).From < to; bin++)
            {
                var (first, end) = Bin(bin);
                sum += ofBins[bin] * (Math.Min(end, to) - Math.Max(first, from));
            }

            ofCells[cell] = sum / (to - from);
        }

        return ofCells;
    }

    /// <summary>The bin that holds a gap.</summary>
    private int BinOf(long gap)
    {
        int at = Array.BinarySearch(Summary.Ranks, gap);
        return at >= 0 ? at + 1 : ~at;
    }
}
