namespace AnomalyKit.Charts;

/// <summary>Where scores lie on an axis: by the score, or by the logarithm of its distance from the least one where a few scores are very much higher than the others.</summary>
/// <param name="Least">The least score.</param>
/// <param name="Greatest">The greatest score.</param>
/// <param name="Near">How far the median lies above the least score where the axis is logarithmic, otherwise 0.</param>
internal readonly record struct ScoreScale(double Least, double Greatest, double Near)
{
    // From where the greatest score is so many times as far from the least one as the median is. On an even axis, all but a few scores would lie in one place.
    private const double LongTail = 20;

    /// <summary>Whether positions grow with the logarithm.</summary>
    public bool IsLogarithmic => Near > 0;

    /// <summary>The axis of some finite scores.</summary>
    public static ScoreScale Of(double least, double median, double greatest) =>
        new(least, greatest, median > least && greatest - least > LongTail * (median - least) ? median - least : 0);

    /// <summary>What stands beside such an axis.</summary>
    public static string Title(bool isLogarithmic) => isLogarithmic ? "score (logarithmic)" : "score";

    /// <summary>The position of a score.</summary>
    public double Position(double score) => IsLogarithmic ? Math.Log((Math.Max(score - Least, 0) / Near) + 1) : score;

    /// <summary>The ends of bins of equal length on the axis, from the least to the greatest score.</summary>
    public double[] Edges(int bins)
    {
        var edges = new double[bins + 1];
        double from = Position(Least);
        double to = Position(Greatest);
        for (int i = 0; i <= bins; i++)
            edges[i] = Score((from * (1 - ((double)i / bins))) + (to * ((double)i / bins)));
        return edges;
    }

    private double Score(double position) => IsLogarithmic ? Least + (Near * (Math.Exp(position) - 1)) : position;
}
