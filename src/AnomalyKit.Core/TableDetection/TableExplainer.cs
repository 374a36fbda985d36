using AnomalyKit.Explaining;

namespace AnomalyKit;

/// <summary>Explains many rows in words, by the table's own columns: what all of them need is made once, and rows are taken several at a time.</summary>
/// <remarks>Immutable, and safe for any number of threads. Explanations are those of <see cref="TableDetector.Explain(FeatureTable, int, ExplanationOptions?)"/>, without standard errors and members of their attributions.</remarks>
public sealed class TableExplainer
{
    private static readonly ScoreOptions OneThread = new() { MaxDegreeOfParallelism = 1 };

    private readonly TableDetector _detector;
    private readonly AttributionOptions? _attribution;
    private readonly RowAttributor _attributor;

    internal TableExplainer(TableDetector detector, AttributionOptions? attribution)
    {
        _detector = detector;
        _attribution = attribution;
        _attributor = detector.CreateAttributor((attribution ?? new AttributionOptions()) with { Groups = null });
    }

    /// <summary>Explains rows on the calling thread.</summary>
    /// <param name="rows">Rows with the columns of the preparation, found by name in any order.</param>
    /// <param name="options">What to say; null for up to three reasons and a change that would end the alert. Its attribution is not looked at.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One explanation per row.</returns>
    /// <exception cref="ArgumentException">The options name a column that there is not.</exception>
    /// <exception cref="TableDataException">A column is missing or of another kind, or a cell cannot be used; row, column and value are named.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Explanation[] Explain(FeatureTable rows, ExplanationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new ExplanationOptions();
        var prepared = _detector.Preparation.ApplyUnlabeled(rows, cancellationToken: cancellationToken);
        int groups = _attributor.Groups.Count;
        var contributions = new double[checked(rows.RowCount * groups)];
        var baselines = new double[rows.RowCount];
        var explained = new double[rows.RowCount];
        new MatrixAttribution(_attributor, new AttributionOptions { MaxDegreeOfParallelism = 1 }).Run(prepared, contributions, baselines, explained, cancellationToken);
        float[] scores = _detector.Detector.Score(prepared, OneThread, cancellationToken);
        var typical = _detector.TypicalContributions(_attribution);
        var explanations = new Explanation[rows.RowCount];
        for (int row = 0; row < explanations.Length; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var attribution = new Attribution(_attributor, contributions.AsSpan(row * groups, groups), baselines[row], explained[row]) { Score = scores[row] };
            AttributedRow? attributed = null;
            new EncodedRuns(prepared, _detector.Detector.Schema).ForEach(row, 1, (run, _) => attributed = new AttributedRow(attribution, _attributor.FindCells(run), run.Cells.ToArray()));
            var variants = new TableRow(_detector.Preparation, _detector.Detector, _detector.Profile, rows.Slice(row, 1));
            explanations[row] = Explainer.Explain(attributed!, typical, _detector.Detector, variants, options);
        }

        return explanations;
    }
}
