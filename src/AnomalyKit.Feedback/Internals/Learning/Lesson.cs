using AnomalyKit.Feedback.Features;

namespace AnomalyKit.Feedback.Learning;

/// <summary>The answers of a session, fitted: what they teach about every row, and how sure that is.</summary>
internal sealed class Lesson
{
    private readonly RowSpace _space;
    private readonly AnswerKernel _kernel;
    private readonly IReadOnlyList<AnsweredRow> _rows;
    private readonly double[,] _covariances;
    private double[]? _factor;

    private Lesson(RowSpace space, AnswerKernel kernel, IReadOnlyList<AnsweredRow> rows, double[,] covariances, AnswerFit fit, LearnedOdds? level)
    {
        _space = space;
        _kernel = kernel;
        _rows = rows;
        _covariances = covariances;
        Fit = fit;
        Suggested = LearnedOdds.Of(space, kernel, rows, fit.Coefficients);
        Odds = level ?? Suggested;
    }

    public AnswerFit Fit { get; }

    /// <summary>What the answers suggest. Questions are chosen by it.</summary>
    public LearnedOdds Suggested { get; }

    /// <summary>What a detector takes over: the same, except that answers of one kind change the level alone. They do not show what tells the kinds apart, so the order stays as it was.</summary>
    public LearnedOdds Odds { get; }

    public int RowCount => _rows.Count;

    /// <param name="space">Where rows lie.</param>
    /// <param name="kernel">How much an answer says about other rows.</param>
    /// <param name="rows">The answered rows, in an order that follows from their keys.</param>
    /// <param name="areOfOneKind">Whether their answers all say the same.</param>
    /// <param name="maxSteps">The steps that the solver may take.</param>
    public static Lesson Learn(RowSpace space, AnswerKernel kernel, IReadOnlyList<AnsweredRow> rows, bool areOfOneKind, int maxSteps)
    {
        var covariances = new double[rows.Count, rows.Count];
        for (int i = 0; i < rows.Count; i++)
        {
            for (int j = 0; j <= i; j++)
                covariances[i, j] = covariances[j, i] = kernel.Of(space, rows[i].Features, rows[j].Features);
        }

        var level = areOfOneKind ? LearnedOdds.OfLevel(space, AnswerLevel.Of(rows, kernel.Level)) : null;
        return new Lesson(space, kernel, rows, covariances, AnswerFit.Run(rows, covariances, maxSteps), level);
    }

    /// <summary>The variance of a candidate's odds that is left.</summary>
    /// <param name="features">The candidate's features.</param>
    /// <param name="nearness">For each answered row, the nearness of all candidates.</param>
    /// <param name="candidate">Which candidate it is.</param>
    public double VarianceOf(ReadOnlySpan<float> features, double[][] nearness, int candidate)
    {
        double variance = _kernel.Of(_space, features, features, 1);
        int count = _rows.Count;
        if (count == 0)
            return variance;
        _factor ??= AnswerFit.Factor(MathNet.Numerics.LinearAlgebra.Double.DenseMatrix.OfArray(_covariances), Fit.Curvatures);
        var solved = new double[count];
        for (int i = 0; i < count; i++)
        {
            double value = Math.Sqrt(Fit.Curvatures[i]) * _kernel.Of(_space, features, _rows[i].Features, nearness[i][candidate]);
            for (int j = 0; j < i; j++)
                value -= _factor[(j * count) + i] * solved[j];
            solved[i] = value / _factor[(i * count) + i];
            variance -= solved[i] * solved[i];
        }

        return Math.Max(variance, 1e-9);
    }
}
