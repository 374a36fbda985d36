using AnomalyKit.Feedback.Features;
using AnomalyKit.Feedback.Learning;
using AnomalyKit.Feedback.Model;
using AnomalyKit.Feedback.Questions;
using AnomalyKit.Feedback.Sessions;
using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>An analyst labels a few rows, and a detector learns from them: proposes questions, takes answers, and yields an ordinary detector.</summary>
/// <remarks>
/// <para>
/// What is learned is a function of the set of current answers and of the frozen base detector: their order, their repetition, and answers that were taken back do not matter, to the bit. Without an answer
/// that says anomaly or normal the detector is the base detector itself.
/// </para>
/// <para>
/// Answers are kept under the stable keys of rows. Where analysts disagree about a row, those who are unsure do not count, and the others count by their weights: two against one make an anomaly by two thirds.
/// </para>
/// <para>
/// Memory: 4 bytes per row and member; per candidate 4 bytes a feature, and 8 bytes for each row that has answers (its nearness to them). An update costs candidates × answers × columns, and the cube of the answers. Not safe for several threads at once; the detectors that it
/// yields are. Rows count once, whatever weights the matrix has.
/// </para>
/// </remarks>
public sealed partial class FeedbackSession
{
    /// <summary>The most rows with answers.</summary>
    public const int MaxAnswers = AnswerCounts.MaxRows;

    private const ulong RandomStream = 3;

    private readonly SessionRows _rows;
    private readonly RowSpace _space;
    private readonly AnswerKernel _kernel;
    private readonly Candidates _candidates;
    private readonly AnswerBook _book = new();
    private readonly Dictionary<string, StoredRow> _stored = new(StringComparer.Ordinal);
    private readonly HashSet<string> _outdated = new(StringComparer.Ordinal);
    private readonly List<FeedbackChange> _history = [];
    private Lesson _lesson;
    private double[][] _nearness;
    private double[] _odds;

    internal FeedbackSession(SessionRows rows, RowSpace space, FeedbackOptions options, AnswerKernel kernel)
    {
        _rows = rows;
        _space = space;
        _kernel = kernel;
        Options = options;
        _candidates = Candidates.Of(rows, space, options);
        (_lesson, _nearness, _odds) = Learn();
    }

    /// <summary>How the session asks and learns.</summary>
    public FeedbackOptions Options { get; }

    /// <summary>The detector that the session started from.</summary>
    public IAnomalyDetector BaseDetector => _rows.Base.Detector;

    /// <summary>The current answers, by key and then by analyst, in ordinal order.</summary>
    public IReadOnlyList<FeedbackAnswer> Answers => [.. _book.All];

    /// <summary>Every answer that was given, corrected or taken back, in the order in which that happened. For people: nothing is learned from it.</summary>
    public IReadOnlyList<FeedbackChange> History => _history.AsReadOnly();

    /// <summary>What the answers say, counted by rows.</summary>
    public FeedbackSummary Summary => _book.Summary();

    /// <summary>Keys whose row has changed since it was answered, in ordinal order. Their answers go on teaching about the row of then, and say nothing about the row that has the key now.</summary>
    public IReadOnlyList<string> OutdatedKeys => [.. _outdated.Order(StringComparer.Ordinal)];

    /// <summary>How the last update went.</summary>
    public FeedbackUpdate LastUpdate => new(_lesson.Fit.HasConverged, _lesson.Fit.Steps, _lesson.Fit.LossBefore, _lesson.Fit.LossAfter);

    internal RowSpace Space => _space;

    internal Lesson Lesson => _lesson;

    /// <summary>For how many rows nearness is kept.</summary>
    internal int NearnessCount => _candidates.NearnessCount;

    /// <summary>Starts a session.</summary>
    /// <param name="detector">A fitted detector. An ensemble teaches more than a single detector: answers also say which members to believe.</param>
    /// <param name="rows">The rows to ask about, as a rule those that the detector was fitted on.</param>
    /// <param name="keys">One stable key per row, all different; null to call rows by their numbers, which is stable only as long as the rows keep their order.</param>
    /// <param name="options">How to ask and learn; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the scoring of the rows.</param>
    /// <returns>A session without answers.</returns>
    /// <exception cref="ArgumentException">The rows have other columns than the detector, there are none, or keys are missing or repeated.</exception>
    /// <exception cref="FeatureDataException">A cell is one that the detector does not allow.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static FeedbackSession Start(
        IAnomalyDetector detector, FeatureMatrix rows, IReadOnlyList<string>? keys = null, FeedbackOptions? options = null, CancellationToken cancellationToken = default) =>
        Start(detector, rows, keys, options, AnswerKernel.Default, cancellationToken);

    internal static FeedbackSession Start(
        IAnomalyDetector detector, FeatureMatrix rows, IReadOnlyList<string>? keys, FeedbackOptions? options, AnswerKernel kernel, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new FeedbackOptions();
        var session = new SessionRows(detector, rows, keys, cancellationToken);
        return new FeedbackSession(session, SpaceFitting.Fit(session, options), options, kernel);
    }

    /// <summary>Proposes the rows to ask about next. Asking changes nothing: without an answer in between, the same question gives the same rows.</summary>
    /// <param name="count">How many rows, at least 1. One at a time teaches most.</param>
    /// <param name="choice">Which rows.</param>
    /// <returns>The rows, and whether fewer were left than were asked for.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1, or there is no such choice.</exception>
    public FeedbackQuestions Ask(int count = 1, QuestionChoice choice = QuestionChoice.Balanced)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (!Enum.IsDefined(choice))
            throw new ArgumentOutOfRangeException(nameof(choice), choice, "There is no such choice of questions.");
        if (choice == QuestionChoice.Random)
            return AskAtRandom(count);
        var available = new bool[_candidates.Count];
        for (int i = 0; i < available.Length; i++)
            available[i] = !IsAnswered(_candidates.Positions[i]);
        var asked = _book.Keys.Where(key => _book.Verdict(key) is null).Select(key => _stored[key].Features).ToList();
        var chosen = new QuestionChooser(_space, _lesson, _candidates, _nearness, _odds).Choose(available, asked, _book.KeyCount, count, choice);
        return new FeedbackQuestions([.. chosen.Select(i => Question(_candidates.Positions[i], OddsOf(_candidates.Positions[i])))], chosen.Count < count);
    }

    private FeedbackQuestions AskAtRandom(int count)
    {
        int[] left = [.. _rows.InKeyOrder.Where(position => !IsAnswered(position))];
        var drawn = new int[Math.Min(count, left.Length)];
        new CounterRandom(Options.Seed, RandomStream + ((ulong)_book.KeyCount << 8)).SampleWithoutReplacement(left.Length, drawn);
        return new FeedbackQuestions([.. drawn.Select(at => Question(left[at], OddsOf(left[at])))], drawn.Length < count);
    }

    /// <summary>Whether the row has an answer, and not one about a row that had its key before.</summary>
    private bool IsAnswered(int position) => _book.Contains(_rows.KeyOf(position)) && !_outdated.Contains(_rows.KeyOf(position));

    private double OddsOf(int position)
    {
        double prior = _rows.Prior(_space, position);
        if (_lesson.RowCount == 0)
            return prior;
        var features = new float[_space.FeatureCount];
        _rows.Features(_space, position, features);
        return prior + _lesson.Odds.ChangeOf(features);
    }

    private FeedbackQuestion Question(int position, double odds) => new(_rows.KeyOf(position), position, odds, _rows.Scores[position]);

    /// <summary>Fits the current answers, and what follows for the candidates.</summary>
    private (Lesson Lesson, double[][] Nearness, double[] Odds) Learn()
    {
        _candidates.KeepOnly(_book.Contains);
        var answered = new List<AnsweredRow>();
        var near = new List<double[]>();
        foreach (string key in _book.Keys)
        {
            if (_book.Verdict(key) is not var (target, weight))
                continue;
            answered.Add(new AnsweredRow(_stored[key].Features, _stored[key].Prior, target, weight));
            near.Add(_candidates.NearnessTo(key, _stored[key].Features));
        }

        var lesson = Lesson.Learn(_space, _kernel, answered, Summary.IsOfOneKind, Options.MaxIterations);
        double[][] nearness = [.. near];
        var odds = new double[_candidates.Count];
        for (int i = 0; i < odds.Length; i++)
            odds[i] = _candidates.Priors[i] + (answered.Count == 0 ? 0 : lesson.Suggested.ChangeOf(_candidates.Features(i), nearness, i));
        return (lesson, nearness, odds);
    }
}
