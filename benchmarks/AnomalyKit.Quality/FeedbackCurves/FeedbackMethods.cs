using AnomalyKit.Feedback.Learning;

namespace AnomalyKit.Quality;

/// <summary>The methods that are compared.</summary>
internal static class FeedbackMethods
{
    public const string Leaves = "active discovery over leaves";

    public delegate Dictionary<string, double> Method(FeedbackCase problem, int[] checkpoints, CancellationToken cancellationToken);

    /// <summary>By name, in the order of the tables. All but the one over leaves start from the recommended ensemble.</summary>
    public static IReadOnlyList<KeyValuePair<string, Method>> All { get; } =
    [
        new("feedback session", Session(AnswerKernel.Default, QuestionChoice.Balanced)),
        new("variances doubled", Session(new AnswerKernel(Level: 20, Members: 8, Columns: 4, Near: 8), QuestionChoice.Balanced)),
        new("top questions", Session(AnswerKernel.Default, QuestionChoice.Top)),
        new("diverse top questions", Session(AnswerKernel.Default, QuestionChoice.Diverse)),
        new("uncertain questions", Session(AnswerKernel.Default, QuestionChoice.Uncertain)),
        new("random questions", Session(AnswerKernel.Default, QuestionChoice.Random)),
        new("scores and columns as features", Session(AnswerKernel.Default with { Near = 0 }, QuestionChoice.Balanced)),
        new("scores as features", Session(AnswerKernel.Default with { Near = 0, Columns = 0 }, QuestionChoice.Balanced)),
        new("near rows alone", Session(AnswerKernel.Default with { Members = 0, Columns = 0 }, QuestionChoice.Balanced)),
        new("active discovery over members", DiscoveryCurve.OfMembers),
        new(Leaves, (problem, checkpoints, token) => DiscoveryCurve.OfLeaves((IsolationForestDetector)problem.Rows.Base.Detector, problem, checkpoints, token)),
    ];

    /// <exception cref="QualityException">A name is unknown.</exception>
    public static IReadOnlyList<KeyValuePair<string, Method>> Choose(string[]? names)
    {
        if (names?.FirstOrDefault(name => All.All(method => method.Key != name)) is { } unknown)
            throw new QualityException($"There is no method '{unknown}'. Available: {string.Join(", ", All.Select(method => method.Key))}.");
        return names is null ? All : [.. All.Where(method => names.Contains(method.Key))];
    }

    private static Method Session(AnswerKernel kernel, QuestionChoice choice) => (problem, checkpoints, token) => SessionCurve.Measure(problem, kernel, choice, checkpoints, token);
}
