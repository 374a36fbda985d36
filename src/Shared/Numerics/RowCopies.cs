namespace AnomalyKit.Numerics;

/// <summary>Rows of which each counts a number of times, as a row of copies that can be drawn from.</summary>
/// <remarks>
/// A row of weight w has w copies. Of fractional weights the copies are cut anew for every draw, at unit steps from a random start (W. G. Madow, <i>On the Theory of Systematic
/// Sampling, II</i>, Annals of Mathematical Statistics 20, 1949): a row then has ⌊w⌋ or ⌈w⌉ copies, and w on average.
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

    /// <summary>Draws copies without replacement, all equally likely, and gives the rows that they are copies of.</summary>
    /// <param name="random">Is drawn from: as for a sample of repeated rows where weights are whole.</param>
    /// <param name="rows">Receives rows; as many as there is room for, at most <see cref="Count"/>.</param>
    public void Sample(ref CounterRandom random, Span<int> rows)
    {
        if (Total > int.MaxValue)
        {
            // Among so many copies hardly any is drawn twice.
            for (int i = 0; i < rows.Length; i++)
                rows[i] = RowAt(random.NextDouble() * Total);
            return;
        }

        int copies = Count;
        double start = 0.5;
        if (!AreWhole)
        {
            start = random.NextDouble();
            // One more step fits where the rest of the total is longer than the start.
            copies = Math.Max(copies, (int)Math.Ceiling(Total - start));
        }

        random.SampleWithoutReplacement(copies, rows);
        for (int i = 0; i < rows.Length; i++)
            rows[i] = RowAt(rows[i] + start);
    }

    /// <summary>The row of a random copy.</summary>
    public int Draw(ref CounterRandom random) => RowAt(random.NextDouble() * Total);

    /// <summary>The row that a position from 0 to the total falls on.</summary>
    public int RowAt(double position)
    {
        int low = 0;
        for (int high = _ends.Length - 1; low < high;)
        {
            int middle = low + ((high - low) / 2);
            if (_ends[middle] > position)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
