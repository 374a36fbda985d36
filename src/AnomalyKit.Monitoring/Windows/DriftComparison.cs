using AnomalyKit.Monitoring.Statistics;
using AnomalyKit.Monitoring.Windows;

namespace AnomalyKit;

/// <summary>What moved between a reference and a window of later rows: column by column, in the scores and in the fraction of alerts.</summary>
/// <remarks>
/// <para>
/// Numbers and dates are compared by the two-sample test of Kolmogorov and Smirnov (exact where n · m is at most 10⁶ and all values are kept, otherwise its limit at the difference less the
/// sketches' error), categories and booleans by Pearson's test of homogeneity (levels that are rare in both by Fisher's exact test), fractions by Pearson's or Fisher's. A column has drifted where the adjusted p-value of its values, or of its missing cells, is at most the level
/// <em>and</em> the effect of the same is large enough (<see cref="DriftOptions"/>): with many rows, differences that matter to nobody are significant, too.
/// </para>
/// <para>
/// Columns to ignore (<see cref="DriftOptions.IgnoredColumns"/>) and the values of dates (unless <see cref="DriftOptions.ComparesDates"/>) are reported as not compared and never count. Dates of later
/// rows are later: their distribution moves on by itself.
/// </para>
/// <para>Levels hold for rows that are independent of each other. Of columns of few different values the test of numbers is conservative. Immutable.</para>
/// </remarks>
public sealed class DriftComparison
{
    private DriftComparison(IReadOnlyList<ColumnDrift> columns, ColumnDrift? scores, AlertDrift? alerts)
    {
        Columns = columns;
        Scores = scores;
        Alerts = alerts;
    }

    /// <summary>The columns: those that drifted first, those that were not compared last, and among each the larger effect first.</summary>
    public IReadOnlyList<ColumnDrift> Columns { get; }

    /// <summary>The scores; null where a side has none.</summary>
    public ColumnDrift? Scores { get; }

    /// <summary>The fraction of alerts; null where a side has no scores, or the threshold is not known.</summary>
    public AlertDrift? Alerts { get; }

    /// <summary>The number of rows that the reference represents.</summary>
    public required long ReferenceRowCount { get; init; }

    /// <summary>The rows of the window.</summary>
    public required long CurrentRowCount { get; init; }

    /// <summary>Whether the reference's scores are of rows that the model was not fitted on. If not, scores of new rows may differ from them although nothing moved.</summary>
    public required bool HasHeldOutScores { get; init; }

    /// <summary>What counted as drift.</summary>
    public required DriftOptions Options { get; init; }

    /// <summary>Whether anything drifted: a column, the scores or the fraction of alerts.</summary>
    public bool IsDrifted => Columns.Any(column => column.IsDrifted) || Scores?.IsDrifted == true || Alerts?.IsDrifted == true;

    /// <summary>A column by name.</summary>
    /// <param name="columnName">The name, compared ordinally.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public ColumnDrift this[string columnName] => Columns.FirstOrDefault(column => column.Name == columnName)
        ?? throw new ArgumentException($"There is no column '{columnName}'. The columns are: {string.Join(", ", Columns.Select(column => column.Name))}.", nameof(columnName));

    /// <summary>Compares a window with the profile of the rows that the detector was fitted on.</summary>
    /// <param name="reference">The profile.</param>
    /// <param name="current">The window, made for a profile of the same columns.</param>
    /// <param name="options">What counts as drift; the defaults where there are none.</param>
    /// <returns>What moved.</returns>
    /// <exception cref="ArgumentException">The columns differ, or a column to ignore is none of them.</exception>
    public static DriftComparison Compare(ReferenceProfile reference, DriftWindow current, DriftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        ThrowIfOther(reference, current.Profile);
        var (alerts, scores) = AlertCounts.Of(reference, current.Threshold);
        return Compare(
            [.. reference.Columns.Select(column => ColumnSummary.Of(column, reference.RowCount))], reference.Scores, alerts, scores, reference.RowCount, reference.HasHeldOutScores, [], current, options ?? new());
    }

    /// <summary>Compares two windows, for instance this week with the last one.</summary>
    /// <param name="reference">The rows before.</param>
    /// <param name="current">The rows now.</param>
    /// <param name="options">What counts as drift; the defaults where there are none.</param>
    /// <returns>What moved.</returns>
    /// <exception cref="ArgumentException">The windows were made for profiles of different columns, or count alerts at different thresholds, or a column to ignore is none of theirs.</exception>
    public static DriftComparison Compare(DriftWindow reference, DriftWindow current, DriftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        ThrowIfOther(reference.Profile, current.Profile);
        if (reference.Threshold != current.Threshold)
            throw new ArgumentException("The windows count alerts at different thresholds. Make both with the same one.", nameof(current));
        double? alerts = reference.Threshold is null ? null : reference.AlertCount;
        return Compare(reference.Columns(), reference.Scores, alerts, reference.ScoreCount, reference.RowCount, areHeldOut: true, reference.IgnoredColumns, current, options ?? new());
    }

    /// <summary>What drifted, in a line.</summary>
    /// <returns>For example <c>2 of 29 columns drifted: V3, V14; not compared: booked_at; scores drifted; alerts drifted: 1 % → 62 %</c>. Columns that were not compared are not among the 29. What moved for certain, but too little to count, is named with its change, its effect and the limit.</returns>
    public override string ToString()
    {
        string[] names = [.. Columns.Where(column => column.IsDrifted).Select(column => column.Name)];
        string[] others = [.. Columns.Where(column => column.Status == DriftStatus.NotCompared).Select(column => column.Name)];
        int count = Columns.Count - others.Length;
        string columns = names.Length == 0 ? $"none of {count} columns drifted" : $"{names.Length} of {count} columns drifted: {string.Join(", ", names)}";
        if (SmallChanges.OfColumns(this) is { Length: > 0 } small)
            columns += $"; certain but too small to count: {small}";
        if (others.Length > 0)
            columns += $"; not compared: {string.Join(", ", others)}";
        string scores = Scores is null ? "no scores" : Scores.IsDrifted ? "scores drifted" : $"scores {Words(Scores.Status)}{SmallChanges.OfScores(this)}";
        string alerts = Alerts is null ? "no alerts counted" : FormattableString.Invariant($"alerts {Words(Alerts.Status)}: {100 * Alerts.ReferenceFraction:G3} % → {100 * Alerts.CurrentFraction:G3} %{SmallChanges.OfAlerts(this)}");
        return $"{columns}; {scores}; {alerts}";
    }

    private static DriftComparison Compare(
        IReadOnlyList<ColumnSummary> reference, QuantileSketch? scores, double? alerts, double scoreCount, long rows, bool areHeldOut, IReadOnlyList<string> ignored, DriftWindow current, DriftOptions options)
    {
        new NameList(options.IgnoredColumns, nameof(DriftOptions.IgnoredColumns)).ThrowIfUnknown(current.Profile.Columns, nameof(DriftOptions.IgnoredColumns));
        HashSet<string> left = [.. options.IgnoredColumns, .. ignored, .. current.IgnoredColumns];
        var now = current.Columns();
        ColumnTest[] tests = [.. reference.Select((column, i) => new ColumnTest(column, now[i], options, left.Contains(column.Name)))];
        // Columns without a test take nothing from the level of the others.
        ColumnTest[] tested = [.. tests.Where(test => test.IsTest)];
        double[] logs = Array.ConvertAll(tested, test => test.LogColumn);
        double[] adjusted = options.Correction == DriftCorrection.Holm ? MultipleTests.Holm(logs) : MultipleTests.BenjaminiHochberg(logs);
        var columns = tested.Select((test, i) => test.Result(adjusted[i], options)).Concat(tests.Where(test => !test.IsTest).Select(test => test.Result(0, options)))
            .OrderByDescending(column => column.IsDrifted).ThenBy(column => column.Status == DriftStatus.NotCompared).ThenByDescending(column => column.DriftEffect).ThenBy(column => column.Name, StringComparer.Ordinal);
        var scoreTest = scores is { Count: > 0 } && current.ScoreCount > 0
            ? new ColumnTest(ColumnSummary.OfScores(scores), ColumnSummary.OfScores(current.Scores), options)
            : null;
        return new DriftComparison(
            Array.AsReadOnly(columns.ToArray()),
            scoreTest?.Result(scoreTest.LogColumn, options),
            alerts is { } count && scoreCount > 0 && current.ScoreCount > 0 ? AlertCounts.Compare(count, scoreCount, current.AlertCount, current.ScoreCount, options) : null)
        {
            ReferenceRowCount = rows,
            CurrentRowCount = Math.Max(current.RowCount, current.ScoreCount),
            HasHeldOutScores = areHeldOut,
            Options = options,
        };
    }

    private static void ThrowIfOther(ReferenceProfile reference, ReferenceProfile current)
    {
        if (ReferenceEquals(reference, current))
            return;
        if (reference.Columns.Count != current.Columns.Count)
            throw new ArgumentException($"The window has {current.Columns.Count} columns and the reference {reference.Columns.Count}. Make the window for this profile.", nameof(current));
        for (int i = 0; i < reference.Columns.Count; i++)
        {
            var (a, b) = (reference.Columns[i], current.Columns[i]);
            if (a.Name != b.Name || a.Kind != b.Kind || !a.Levels.Order(StringComparer.Ordinal).SequenceEqual(b.Levels.Order(StringComparer.Ordinal)))
                throw new ArgumentException($"Column {i} is '{b.Name}: {b.Kind}' in the window and '{a.Name}: {a.Kind}' in the reference, or counts other levels. Make the window for this profile.", nameof(current));
        }
    }

    private static string Words(DriftStatus status) => status switch
    {
        DriftStatus.Drifted => "drifted",
        DriftStatus.NotEnoughData => "not enough",
        DriftStatus.NotResolvable => "not resolvable",
        _ => "stable",
    };
}
