using AnomalyKit.Feedback.Features;
using AnomalyKit.Feedback.Learning;
using MathNet.Numerics.Integration;

namespace AnomalyKit.Feedback.Contributions;

/// <summary>Divides among columns what a row's nearness to the answered rows adds to its odds.</summary>
/// <remarks>
/// <para>
/// Nothing known of a row means: every number at its median, every category at the one that most answered rows have. From there the row is reached in a straight line, and each column gets what the line collects of its part of
/// the gradient (M. Sundararajan, A. Taly, Q. Yan, <i>Axiomatic Attribution for Deep Networks</i>, ICML 2017). A category is one corner of a simplex with sides of √2, so that straight lines exist.
/// </para>
/// <para>
/// With differences α from an answered row at the start, the way Δ, and the distance d(t) = |α + tΔ|, column j gets −∫ (αⱼ + tΔⱼ) Δⱼ exp(−d/r) / (r d) dt. About the point of the line that is nearest to the answered row the part that
/// goes with t is exp(−d/r) at the ends. The rest, the differences at that point times one integral, is no part of the sum, because these differences are at right angles to the line. So contributions add up
/// however well the integral is known; d = h cosh u makes it smooth.
/// </para>
/// </remarks>
internal sealed class NearnessShares
{
    // exp(−40) of a change that is not above the sum of all answers.
    private const double Negligible = 40;

    private static readonly GaussLegendreRule Rule = new(0, 1, 16);

    private readonly LearnedOdds _learned;
    private readonly double _reach;
    private readonly bool[] _isCode;
    private readonly float[] _start;
    private readonly double[] _squares;
    private readonly double[] _nearnessAtStart;

    public NearnessShares(RowSpace space, LearnedOdds learned)
    {
        _learned = learned;
        _reach = space.Reach;
        _isCode = space.Columns.IsCode.ToArray();
        _start = StartOf(learned, _isCode);
        int count = learned.Near.Length;
        _squares = new double[count];
        _nearnessAtStart = new double[count];
        for (int i = 0; i < count; i++)
        {
            double distance = RowDistance.Of(Answered(i), _start, _isCode);
            _squares[i] = distance * distance;
            _nearnessAtStart[i] = Math.Exp(-distance / _reach);
            Baseline += learned.Near[i] * _nearnessAtStart[i];
        }
    }

    /// <summary>What nearness adds to the odds at the start of the line.</summary>
    public double Baseline { get; }

    /// <param name="row">The features of the row's columns.</param>
    /// <param name="shares">One number per column, to which the shares are added.</param>
    /// <returns>What nearness adds to the odds of the row.</returns>
    public double Divide(ReadOnlySpan<float> row, Span<double> shares)
    {
        double length = 0;
        for (int j = 0; j < row.Length; j++)
            length += SquareOf(j, row[j]);
        if (length == 0)
            return Baseline;
        double root = Math.Sqrt(length);
        double along = 0;
        double explained = 0;
        for (int i = 0; i < _learned.Near.Length; i++)
        {
            var answered = Answered(i);
            double product = 0;
            for (int j = 0; j < row.Length; j++)
                product += ProductOf(j, answered[j], row[j]);
            double nearness = Math.Exp(-RowDistance.Of(answered, row, _isCode) / _reach);
            double nearest = -product / length;
            double height = Math.Sqrt(Math.Max(_squares[i] - (product * product / length), 0));
            double weight = _learned.Near[i];
            explained += weight * nearness;
            along += weight * (_nearnessAtStart[i] - nearness) / length;
            if (height <= 1e-9 * Math.Sqrt(_squares[i]))
                continue;
            double integral = weight / (_reach * root)
                * Integral(height / _reach, Math.Asinh(-nearest * root / height), Math.Asinh((1 - nearest) * root / height));
            along += nearest * integral;
            for (int j = 0; j < row.Length; j++)
                shares[j] -= integral * ProductOf(j, answered[j], row[j]);
        }

        for (int j = 0; j < row.Length; j++)
            shares[j] -= along * SquareOf(j, row[j]);
        return explained;
    }

    /// <summary>∫ exp(−ratio · cosh u) du.</summary>
    private static double Integral(double ratio, double from, double to)
    {
        if (ratio >= Negligible)
            return 0;
        double end = Math.Acosh(Negligible / ratio);
        from = Math.Clamp(from, -end, end);
        to = Math.Clamp(to, -end, end);
        return from < 0 && to > 0 ? Piece(ratio, from, 0) + Piece(ratio, 0, to) : Piece(ratio, from, to);
    }

    private static double Piece(double ratio, double from, double to)
    {
        double sum = 0;
        for (int k = 0; k < Rule.Order; k++)
            sum += Rule.GetWeight(k) * Math.Exp(-ratio * Math.Cosh(from + (Rule.GetAbscissa(k) * (to - from))));
        return sum * (to - from);
    }

    private static float[] StartOf(LearnedOdds learned, ReadOnlySpan<bool> isCode)
    {
        var start = new float[isCode.Length];
        for (int j = 0; j < start.Length; j++)
        {
            if (!isCode[j])
                continue;
            var codes = new List<float>();
            for (int i = 0; i < learned.Near.Length; i++)
                codes.Add(learned.NearRows[(i * start.Length) + j]);
            start[j] = codes.Count == 0 ? 0 : codes.GroupBy(code => code).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First().Key;
        }

        return start;
    }

    private ReadOnlySpan<float> Answered(int row) => _learned.NearRows.AsSpan(row * _isCode.Length, _isCode.Length);

    /// <summary>The square of the way that a column goes.</summary>
    private double SquareOf(int column, float to) => !_isCode[column] ? (double)to * to : to == _start[column] ? 0 : 2;

    /// <summary>The way that a column goes, times its difference from an answered row at the start.</summary>
    private double ProductOf(int column, float answered, float to)
    {
        if (!_isCode[column])
            return -(double)answered * to;
        float start = _start[column];
        return to == start || answered == start ? 0 : answered == to ? -2 : -1;
    }
}
