using AnomalyKit.Feedback.Features;

namespace AnomalyKit.Feedback.Learning;

/// <summary>What answers have taught: how the odds of any row differ from its prior. Straight lines are summed up once; what only near rows share is looked up answer by answer.</summary>
internal sealed class LearnedOdds
{
    private readonly RowSpace _space;

    public LearnedOdds(RowSpace space, double level, double[] weights, double[] near, float[] nearRows)
    {
        _space = space;
        Level = level;
        Weights = weights;
        Near = near;
        NearRows = nearRows;
    }

    /// <summary>What all rows share.</summary>
    public double Level { get; }

    /// <summary>One weight per feature.</summary>
    public double[] Weights { get; }

    /// <summary>One weight per answered row.</summary>
    public double[] Near { get; }

    /// <summary>The columns' features of the answered rows, row after row.</summary>
    public float[] NearRows { get; }

    /// <summary>All odds rise or fall alike.</summary>
    public static LearnedOdds OfLevel(RowSpace space, double level) => new(space, level, new double[space.FeatureCount], [], []);

    public static LearnedOdds Of(RowSpace space, AnswerKernel kernel, IReadOnlyList<AnsweredRow> rows, ReadOnlySpan<double> coefficients)
    {
        int members = space.Members.Count;
        int columns = space.Columns.Count;
        var weights = new double[space.FeatureCount];
        var near = new double[rows.Count];
        var nearRows = new float[rows.Count * columns];
        double level = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            float[] features = rows[i].Features;
            level += kernel.Level * coefficients[i];
            for (int m = 0; m < members; m++)
                weights[m] += kernel.Members / members * coefficients[i] * features[m];
            for (int c = 0; c < columns; c++)
                weights[members + c] += space.Columns.IsCode[c] ? 0 : kernel.Columns / columns * coefficients[i] * features[members + c];
            near[i] = kernel.Near * coefficients[i];
            features.AsSpan(members).CopyTo(nearRows.AsSpan(i * columns));
        }

        return new LearnedOdds(space, level, weights, near, nearRows);
    }

    /// <summary>The change of a row's odds.</summary>
    public double ChangeOf(ReadOnlySpan<float> features)
    {
        double change = LinesOf(features);
        int columns = _space.Columns.Count;
        var own = features[^columns..];
        for (int i = 0; i < Near.Length; i++)
            change += Near[i] * Math.Exp(-RowDistance.Of(NearRows.AsSpan(i * columns, columns), own, _space.Columns.IsCode) / _space.Reach);
        return change;
    }

    /// <summary>The change of the odds of a row whose nearness to the answered rows is known: the same to the bit.</summary>
    /// <param name="features">The row's features.</param>
    /// <param name="nearness">For each answered row, the nearness of all candidates.</param>
    /// <param name="candidate">Which candidate the row is.</param>
    public double ChangeOf(ReadOnlySpan<float> features, double[][] nearness, int candidate)
    {
        double change = LinesOf(features);
        for (int i = 0; i < Near.Length; i++)
            change += Near[i] * nearness[i][candidate];
        return change;
    }

    private double LinesOf(ReadOnlySpan<float> features)
    {
        double change = Level;
        for (int i = 0; i < Weights.Length; i++)
            change += Weights[i] * features[i];
        return change;
    }
}
