namespace AnomalyKit.Numerics;

/// <summary>Rows of which each counts a number of times, as a row of copies that can be drawn from.</summary>
/// <remarks>
/// A row of weight w has w copies. They are drawn one after the other, a row in proportion to what is left of its weight, of which each draw takes 1, or the rest where that is
/// less (C. K. Wong, M. C. Easton, <i>An Efficient Method for Weighted Sampling without Replacement</i>, SIAM Journal on Computing 9, 1980). With whole weights that is a simple
/// sample of repeated rows.
/// </remarks>
internal sealed class RowCopies
{
    private readonly double[] _ends;

    /// <param name="weights">At least one weight, all above 0 and finite.</param>
    public RowCopies(ReadOnlySpan<double> weights)
    {
        _ends = new double[weights.Length];
        double end = 0;
        bool areWhole = true;
        for (int row = 0; row < weights.Length; row++)
        {
            end += weights[row];
            _ends[row] = end;
            areWhole &= Math.Floor(weights[row]) == weights[row];
        }

        AreWhole = areWhole;
    }

    /// <summary>The number of copies.</summary>
    public double Total => _ends[^1];

    /// <summary>Whether all weights are whole numbers.</summary>
    public bool AreWhole { get; }

    /// <summary>The number of whole copies, as far as it fits an integer: no more can be drawn at once.</summary>
    public int Count => (int)Math.Min(Math.Floor(Total), Array.MaxLength);

    /// <summary>Draws copies without replacement, and gives the rows that they are copies of.</summary>
    /// <param name="random">Is drawn from: where weights are whole, as for a sample of repeated rows.</param>
    /// <param name="rows">Receives rows; as many as there is room for, at most <see cref="Count"/>.</param>
    public void Sample(ref CounterRandom random, Span<int> rows)
    {
        if (AreWhole && Total <= int.MaxValue)
        {
            random.SampleWithoutReplacement(Count, rows);
            for (int i = 0; i < rows.Length; i++)
                rows[i] = RowAt(rows[i]);
            return;
        }

        // Rejection: what was taken from a row lies at the end of its part. At least one copy is left, so that draws take about n ln n attempts at worst.
        var taken = new Dictionary<int, int>();
        for (int i = 0; i < rows.Length;)
        {
            double position = random.NextDouble() * Total;
            int row = RowAt(position);
            int before = taken.GetValueOrDefault(row);
            if (position >= _ends[row] - before)
                continue;
            taken[row] = before + 1;
            rows[i++] = row;
        }
    }

    /// <summary>The row of a random copy.</summary>
    public int Draw(ref CounterRandom random) => RowAt(random.NextDouble() * Total);

    /// <summary>The row that a position from 0 to the total falls on.</summary>
    public int RowAt(double position) => CopyPositions.IndexAt(_ends, position);
}
