using AnomalyKit.Tuning;

namespace AnomalyKit;

/// <summary>Says which rows a setting is fitted on, and which it is measured on.</summary>
/// <remarks>
/// <para>
/// Detectors never see labels: a fold's training rows keep their anomalies, as rows in use have them, and the metric is taken on rows that were held out. Rows whose label is not known (an empty cell of a
/// table's label column) are divided like all others: they are trained on, and never measured on.
/// </para>
/// <para>
/// Every fold needs an anomaly to find. Where there are too few anomalies for the folds that were asked for, fewer folds are made; where there are too few for the fewest folds
/// that make sense, the split is refused. <see cref="Split(FeatureTable)"/> shows what it comes to.
/// </para>
/// <para>Immutable and safe for any number of threads. The same rows and options give the same folds.</para>
/// </remarks>
public abstract class ValidationSplit
{
    private const int MinFolds = 2;

    private protected ValidationSplit(int folds)
    {
        if (folds is < MinFolds or > 100)
            throw new ArgumentOutOfRangeException(nameof(folds), folds, "A split must have between 2 and 100 folds.");
        FoldCount = folds;
    }

    /// <summary>The folds that were asked for: the most that are made.</summary>
    public int FoldCount { get; }

    /// <summary>What else the folds depend on, beside the rows and what <see cref="object.ToString"/> says: the seed, the keys.</summary>
    internal virtual string Drawing => string.Empty;

    /// <summary>Folds of equal size with equal parts of the anomalies, drawn at random: for rows that do not depend on each other.</summary>
    /// <param name="folds">The most folds, from 2 to 100. Fewer are made of fewer anomalies; at least 2 anomalies are needed.</param>
    /// <param name="seed">Another seed draws other folds.</param>
    /// <returns>The split.</returns>
    public static ValidationSplit Stratified(int folds = 4, ulong seed = 0) => new StratifiedSplit(folds, seed);

    /// <summary>Folds that keep the rows of a group together, for example all payments of a customer, so that a detector is measured on groups that it has not seen.</summary>
    /// <param name="column">The column that says which group a row belongs to, of any role; rows of equal text belong together.</param>
    /// <param name="folds">The most folds, from 2 to 100. Fewer are made where anomalies lie in fewer groups; at least 2 groups need an anomaly.</param>
    /// <param name="seed">Another seed draws other folds.</param>
    /// <returns>The split.</returns>
    public static ValidationSplit Grouped(string column, int folds = 4, ulong seed = 0)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        return new GroupedSplit(new GroupKeys(column), folds, seed);
    }

    /// <summary>Folds that keep the rows of a group together; a key says which group a row belongs to.</summary>
    /// <param name="keys">One key per row; rows of equal keys (compared ordinally) belong together.</param>
    /// <param name="folds">The most folds, from 2 to 100. Fewer are made where anomalies lie in fewer groups; at least 2 groups need an anomaly.</param>
    /// <param name="seed">Another seed draws other folds.</param>
    /// <returns>The split.</returns>
    public static ValidationSplit Grouped(IReadOnlyList<string> keys, int folds = 4, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return new GroupedSplit(new GroupKeys([.. keys]), folds, seed);
    }

    /// <summary>Folds that follow each other in time: each is measured on rows that come after all rows that it is fitted on.</summary>
    /// <param name="folds">
    /// The most folds, from 2 to 100. The rows are cut into one stretch more, of about equal size: fold i is fitted on stretches 0 to i and measured on stretch i + 1. A stretch without an anomaly is joined with the next one, so
    /// fewer folds may be made; with anomalies in the first stretch only, none can be.
    /// </param>
    /// <returns>The split, by the order of the rows.</returns>
    public static ValidationSplit TimeOrdered(int folds = 4) => new TimeOrderedSplit(column: null, folds);

    /// <summary>Folds that follow each other in time, by a column of dates or numbers; rows of the same time are never parted.</summary>
    /// <param name="column">The column, of dates and times or of numbers, without missing cells.</param>
    /// <param name="folds">The most folds; see <see cref="TimeOrdered(int)"/>.</param>
    /// <returns>The split.</returns>
    public static ValidationSplit TimeOrdered(string column, int folds = 4)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        return new TimeOrderedSplit(column, folds);
    }

    /// <summary>Divides the rows of a table.</summary>
    /// <param name="table">A table with a label column.</param>
    /// <returns>The folds, at least one.</returns>
    /// <exception cref="ArgumentException">The rows cannot be divided so; the message says why and what to do.</exception>
    /// <exception cref="TableDataException">A label, a key or a time cannot be used; row and column are named.</exception>
    public IReadOnlyList<ValidationFold> Split(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Split(new TableRows(table));
    }

    /// <summary>Divides the rows of a matrix.</summary>
    /// <param name="data">A matrix with labels.</param>
    /// <returns>The folds, at least one.</returns>
    /// <exception cref="ArgumentException">The rows cannot be divided so; the message says why and what to do.</exception>
    public IReadOnlyList<ValidationFold> Split(FeatureMatrix data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Split(new MatrixRows(data));
    }

    internal IReadOnlyList<ValidationFold> Split(SearchRows rows) => Divide(rows, [.. Enumerable.Range(0, rows.Count)], FoldCount);

    /// <summary>Divides some of the rows, into fewer folds where that makes each of them fit to measure on.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="among">Those to divide, ascending.</param>
    /// <param name="folds">The most folds.</param>
    internal IReadOnlyList<ValidationFold> Divide(SearchRows rows, int[] among, int folds)
    {
        string? problem = null;
        for (int count = folds; count >= MinFolds; count--)
        {
            var made = Folds(rows, among, count);
            if (made.Select((fold, i) => ProblemOf(rows, fold, i)).FirstOrDefault(found => found is not null) is not { } found)
                return made;
            problem = found;
        }

        throw new ArgumentException(problem);
    }

    private string? ProblemOf(SearchRows rows, ValidationFold fold, int number)
    {
        if (!fold.HeldOut.Any(row => !rows.Labels.IsAnomaly[row]))
            return $"Fold {number} of the split '{this}' has no labeled normal row to measure on, and fewer folds would not help. Label more normal rows.";
        return fold.Training.Length < 2 ? $"Fold {number} of the split '{this}' leaves {fold.Training.Length} rows to fit on. At least 2 are needed. Use more rows." : null;
    }

    private protected abstract IReadOnlyList<ValidationFold> Folds(SearchRows rows, int[] among, int folds);

    /// <summary>Makes folds of the number of the fold in which each row is held out.</summary>
    private protected static IReadOnlyList<ValidationFold> FoldsOf(SearchRows rows, int[] among, int[] foldOf, int folds) =>
    [
        .. Enumerable.Range(0, folds).Select(fold => new ValidationFold(
            [.. among.Where((_, i) => foldOf[i] != fold)],
            [.. among.Where((row, i) => foldOf[i] == fold && rows.Labels.Knows(row))])),
    ];
}
