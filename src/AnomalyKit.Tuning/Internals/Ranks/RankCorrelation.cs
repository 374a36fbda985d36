namespace AnomalyKit.Tuning;

/// <summary>How far two lists of numbers order the same things alike.</summary>
internal static class RankCorrelation
{
    /// <summary>Spearman's ρ of two lists of ranks; 0 where one of them does not tell its things apart.</summary>
    public static double Spearman(ReadOnlySpan<double> ranks, ReadOnlySpan<double> others)
    {
        double mean = (ranks.Length + 1) / 2.0;
        double product = 0;
        double square = 0;
        double otherSquare = 0;
        for (int i = 0; i < ranks.Length; i++)
        {
            var (one, other) = (ranks[i] - mean, others[i] - mean);
            product += one * other;
            square += one * one;
            otherSquare += other * other;
        }

        return square > 0 && otherSquare > 0 ? product / Math.Sqrt(square * otherSquare) : 0;
    }

    /// <summary>Kendall's τ-b of two lists of values, from −1 to 1; 0 where one of them does not tell its things apart.</summary>
    public static double Kendall(ReadOnlySpan<double> values, ReadOnlySpan<double> others)
    {
        var (agreeing, untied, otherUntied) = (0, 0, 0);
        for (int i = 1; i < values.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                int one = values[i].CompareTo(values[j]);
                int other = others[i].CompareTo(others[j]);
                agreeing += one * other;
                untied += Math.Abs(one);
                otherUntied += Math.Abs(other);
            }
        }

        return untied > 0 && otherUntied > 0 ? agreeing / Math.Sqrt((double)untied * otherUntied) : 0;
    }
}
