namespace AnomalyKit;

/// <summary>Collects the knots of a rank calibration: scores, and the tail probability at each.</summary>
/// <param name="count">The number of scores, or the sum of their weights.</param>
/// <param name="bound">Where the fitted tail begins.</param>
internal sealed class RankKnots(double count, double bound)
{
    private readonly List<double> _knots = [];
    private readonly List<double> _tails = [];

    /// <summary>Whether a score lies beyond the knots so far.</summary>
    public bool IsNext(double knot) => _knots.Count == 0 || knot > Math.BitIncrement(_knots[^1]);

    /// <summary>Adds a score, given how many lie below it, and at or below it.</summary>
    public void Add(double knot, double countBelow, double countUpTo)
    {
        double above = count - countUpTo;
        double tied = count - countBelow - above;
        // Every row counts half below its score and half above it, so that a lone row is no step; the last knot must meet the tail.
        double start = knot == bound ? Math.Max(above, 1) : above + 0.5;
        if (tied > 1)
        {
            // Tied rows are a step: down to them all score at least as high, and directly above none of them does.
            AddTail(knot, above + tied - 0.5);
            knot = Math.BitIncrement(knot);
        }

        AddTail(knot, start);
    }

    /// <summary>The calibration, with a generalised Pareto tail beyond the last knot.</summary>
    public RankTail Tail(double shape, double spread, TailScale scale) => new([.. _knots], [.. _tails], shape, spread, scale);

    // Parts of a row may lie closer together than half a row: probabilities never rise, and never exceed 1.
    private void AddTail(double knot, double rows)
    {
        _knots.Add(knot);
        _tails.Add(Math.Min(rows / (count + 1), _tails.Count > 0 ? _tails[^1] : 1));
    }
}
