using AnomalyKit.Numerics;

namespace AnomalyKit.Ensemble;

/// <summary>How much of a member's top rows are among those of the others, beyond what chance would give.</summary>
internal sealed record TailAgreementWeighting : MemberWeighting
{
    private const int LeastRows = 5;

    public TailAgreementWeighting(double share, double power)
    {
        if (!(share > 0 && share <= 0.5))
            throw new ArgumentOutOfRangeException(nameof(share), share, "The fraction of rows that are compared must be above 0 and at most 0.5.");
        if (!(power > 0 && power <= 100))
            throw new ArgumentOutOfRangeException(nameof(power), power, "The power of the agreement must be above 0 and at most 100.");
        Share = share;
        Power = power;
    }

    public double Share { get; }

    public double Power { get; }

    public override string ToString() => FormattableString.Invariant($"agreement of the top {Share}, to the power {Power}");

    public override string ToText() => FormattableString.Invariant($"tail-agreement:{Share},{Power}");

    private protected override double[] Factors(ScoreCalibrator?[] calibrators, float[][] scores, ReadOnlyMemory<double> rowWeights, FitContext context)
    {
        if (!rowWeights.IsEmpty)
            return Weighted(scores, rowWeights, context);
        int rows = scores[0].Length;
        int size = Math.Clamp((int)(Share * rows), Math.Min(LeastRows, rows), rows);
        var tops = new bool[scores.Length][];
        // Calibrations never change an order, so raw scores will do.
        context.ForBlocks("comparing members", scores.Length, m => tops[m] = Top(scores[m], size));
        var factors = new double[scores.Length];
        for (int m = 0; m < scores.Length; m++)
        {
            double shared = 0;
            for (int other = 0; other < scores.Length; other++)
            {
                if (other != m)
                    shared += Shared(tops[m], tops[other]);
            }

            factors[m] = Math.Max(0, (shared / size / (scores.Length - 1)) - ((double)size / rows));
        }

        return Sharpened(factors);
    }

    /// <summary>As shares of the greatest: no power makes all of them vanish.</summary>
    private double[] Sharpened(double[] factors)
    {
        double most = factors.Max();
        return most > 0 ? Array.ConvertAll(factors, factor => Math.Pow(factor / most, Power)) : factors;
    }

    /// <summary>The same of rows that count a number of times each; of the last row at the top a part may be.</summary>
    private double[] Weighted(float[][] scores, ReadOnlyMemory<double> rowWeights, FitContext context)
    {
        double rows = FixedSum.Of(rowWeights.Span);
        double size = Math.Clamp(Math.Floor(Share * rows), Math.Min(LeastRows, rows), rows);
        var tops = new double[scores.Length][];
        context.ForBlocks("comparing members", scores.Length, m => tops[m] = Top(scores[m], rowWeights.Span, size));
        var factors = new double[scores.Length];
        for (int m = 0; m < scores.Length; m++)
        {
            double shared = 0;
            for (int other = 0; other < scores.Length; other++)
            {
                for (int row = 0; other != m && row < tops[m].Length; row++)
                    shared += Math.Min(tops[m][row], tops[other][row]);
            }

            factors[m] = Math.Max(0, (shared / size / (scores.Length - 1)) - (size / rows));
        }

        return Sharpened(factors);
    }

    /// <summary>How much of each row is among the highest, of equal ones the first.</summary>
    private static double[] Top(float[] scores, ReadOnlySpan<double> rowWeights, double size)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort(order, (a, b) => scores[b].CompareTo(scores[a]) is var compared && compared != 0 ? compared : a.CompareTo(b));
        var top = new double[scores.Length];
        foreach (int row in order)
        {
            top[row] = Math.Min(rowWeights[row], size);
            size -= top[row];
        }

        return top;
    }

    /// <summary>The highest rows, of equal ones the first.</summary>
    private static bool[] Top(float[] scores, int size)
    {
        float bound = OrderStatistics.Select([.. scores], scores.Length - size);
        int above = 0;
        foreach (float score in scores)
            above += score > bound ? 1 : 0;
        int ties = size - above;
        var top = new bool[scores.Length];
        for (int row = 0; row < top.Length; row++)
            top[row] = scores[row] > bound || (scores[row] == bound && ties-- > 0);
        return top;
    }

    private static int Shared(bool[] one, bool[] other)
    {
        int count = 0;
        for (int row = 0; row < one.Length; row++)
            count += one[row] && other[row] ? 1 : 0;
        return count;
    }
}
