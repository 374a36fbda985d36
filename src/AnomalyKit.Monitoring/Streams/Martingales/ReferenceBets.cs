using AnomalyKit.Monitoring.Reference;

namespace AnomalyKit.Monitoring.Martingales;

/// <summary>What each bet of a strategy pays in each cell of a reference sample, divided by the most that it may earn on average.</summary>
/// <remarks>
/// With probability at least 1 − δ over the draw of the sample, no bet earns more than 1 on average, given the sample: each bet is bounded with δ divided by the number of bets. Then any capital that is moved between
/// them without knowledge of the next value is a supermartingale, given the sample.
/// </remarks>
internal sealed class ReferenceBets
{
    private readonly ReferenceCells _cells;
    private readonly double[] _factors;
    private readonly int _bets;

    /// <summary>Prepares bets.</summary>
    /// <param name="reference">The reference sample.</param>
    /// <param name="bets">The bets.</param>
    /// <param name="probability">δ, above 0 and below 1.</param>
    public ReferenceBets(ReferenceSample reference, IReadOnlyList<Bet> bets, double probability)
    {
        _cells = reference.Cells;
        _bets = bets.Count;
        _factors = new double[_cells.CellCount * _bets];
        Corrections = new double[_bets];
        var payments = new double[_cells.BinCount];
        double count = reference.Count + 1;
        for (int i = 0; i < _bets; i++)
        {
            for (int bin = 0; bin < payments.Length; bin++)
            {
                // Gap g stands for p-values from 1 − (g + 1) / (n + 1) to 1 − g / (n + 1).
                var (from, to) = _cells.Bin(bin);
                double mass = bets[i].Integral((count - from) / count) - bets[i].Integral((count - to) / count);
                payments[bin] = Math.Max(0, mass * count / (to - from));
            }

            Corrections[i] = SpacingBound.Of(_cells, payments, probability / _bets);
            double[] paid = _cells.Average(payments);
            for (int cell = 0; cell < paid.Length; cell++)
                _factors[(cell * _bets) + i] = paid[cell] / Corrections[i];
        }
    }

    /// <summary>The most that each bet may earn on average: what payments are divided by, at least 1.</summary>
    public double[] Corrections { get; }

    /// <summary>What the bets pay for a value.</summary>
    public ReadOnlySpan<double> For(double value) => _factors.AsSpan(_cells.CellOf(value) * _bets, _bets);
}
