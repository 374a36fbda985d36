namespace AnomalyKit;

/// <summary>A feedback session over the rows of a table: questions with their rows and reasons, answers by the keys of a column, and a detector of tables that has learned.</summary>
/// <remarks>A thin layer over <see cref="FeedbackSession"/>. Not safe for several threads at once.</remarks>
public sealed class TableFeedback
{
    private readonly TableDetector _detector;
    private readonly TableExplainer _explainer;
    private readonly ExplanationOptions _explaining;

    private TableFeedback(TableDetector detector, FeatureTable table, FeedbackSession session, int reasonCount)
    {
        _detector = detector;
        Table = table;
        Session = session;
        _explainer = detector.CreateExplainer();
        _explaining = new ExplanationOptions { MaxReasons = reasonCount, Counterfactual = null };
    }

    /// <summary>The rows that are asked about.</summary>
    public FeatureTable Table { get; }

    /// <summary>The session: questions, answers, counts.</summary>
    public FeedbackSession Session { get; }

    /// <summary>Starts a session, or goes on with a saved one.</summary>
    /// <param name="detector">The detector that the session starts from, or started from.</param>
    /// <param name="table">The rows to ask about, with the columns of the detector's preparation.</param>
    /// <param name="keyColumn">The column of stable keys, all different; null to call rows by their numbers.</param>
    /// <param name="savedPath">A saved session to go on with; where there is no such file, a new session starts. Null for a new one.</param>
    /// <param name="options">How to ask and learn, for a new session; null for the defaults.</param>
    /// <param name="reasonCount">The most reasons of a row.</param>
    /// <param name="cancellationToken">Stops the scoring of the rows.</param>
    /// <returns>The session.</returns>
    /// <exception cref="ArgumentException">There is no such column, or keys are missing or repeated.</exception>
    /// <exception cref="TableDataException">A column is missing or of another kind, or a cell cannot be used.</exception>
    /// <exception cref="Persistence.ModelFormatException">The saved session cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TableFeedback Open(
        TableDetector detector,
        FeatureTable table,
        string? keyColumn = null,
        string? savedPath = null,
        FeedbackOptions? options = null,
        int reasonCount = 3,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(table);
        var rows = detector.Preparation.Apply(table, 0, cancellationToken);
        string[]? keys = keyColumn is null ? null : KeysOf(table, keyColumn);
        var session = savedPath is not null && File.Exists(savedPath)
            ? FeedbackSession.Resume(savedPath, detector.Detector, rows, keys, cancellationToken)
            : FeedbackSession.Start(detector.Detector, rows, keys, options, cancellationToken);
        return new TableFeedback(detector, table, session, reasonCount);
    }

    /// <summary>Why the base detector finds a row strange.</summary>
    /// <param name="question">A question of the session.</param>
    /// <returns>The score, the threshold, and the columns that speak against the row.</returns>
    public Explanation Explain(FeedbackQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return _explainer.Explain(Table.Slice(question.Row, 1), _explaining)[0];
    }

    /// <summary>The detector of tables that has learned from the current answers, behind the same preparation.</summary>
    /// <param name="cancellationToken">Stops the scoring of the rows.</param>
    /// <returns>A new detector; save it like any other, and load it with <see cref="FeedbackFile.LoadTableDetector"/>.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public TableDetector ToDetector(CancellationToken cancellationToken = default)
    {
        var learned = Session.ToDetector(threshold: null, calibration: null, out float[]? scores, cancellationToken);
        if (scores is null)
            return _detector;
        var detector = _detector.WithDetector(learned);
        return detector.WithProfile(detector.Profile?.WithScores(scores, detector.Threshold, areHeldOut: false));
    }

    private static string[] KeysOf(FeatureTable table, string keyColumn)
    {
        var column = table.Columns.FirstOrDefault(column => column.Name == keyColumn)
            ?? throw new ArgumentException($"There is no column '{keyColumn}' for the keys; the columns are {table.Schema}.", nameof(keyColumn));
        return [.. Enumerable.Range(0, table.RowCount).Select(row => column.Text(row) ?? string.Empty)];
    }
}
