using AnomalyKit.Monitoring.Classification;
using AnomalyKit.Monitoring.Statistics;
using AnomalyKit.Monitoring.Windows;
using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>A two-sample test by a classifier: can the rows of two windows be told apart, and by which columns? Sees changes of columns together that no column shows alone only where their squares show them.</summary>
/// <remarks>
/// <para>
/// D. Lopez-Paz and M. Oquab, <i>Revisiting Classifier Two-Sample Tests</i>, ICLR 2017. Half of the rows teach a classifier which window a row is from; on the other half its scores are compared
/// by the rank test of Mann and Whitney. Where both windows are alike it can do no better than guess, whatever it learned.
/// </para>
/// <para>
/// The classifier is a logistic regression with a ridge penalty on robustly scaled columns, their squares, flags of missing cells and levels of categories: solved by MathNet's Cholesky
/// factorisation, safe ahead of time, and its answer is a sum over columns, so that it can say which ones tell the windows apart. Immutable and thread-safe.
/// </para>
/// </remarks>
public sealed record ClassifierTest
{
    /// <summary>The most rows taken of each window, evenly spaced. At least 40; 4,000 by default.</summary>
    public int MaxRows
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 40, nameof(MaxRows));
            field = value;
        }
    } = 4000;

    /// <summary>Decides which rows teach and which are held out.</summary>
    public ulong Seed { get; init; }

    /// <summary>The penalty on squared weights, in rows. Above 0 and finite; 1 by default.</summary>
    public double Ridge
    {
        get;
        init => field = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(Ridge), value, "Ridge must be a finite number above 0.");
    } = 1;

    /// <summary>Compares two windows.</summary>
    /// <param name="reference">The rows before, at least 20.</param>
    /// <param name="current">The rows now, at least 20; of the same columns with the same offsets and levels.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>How well the classifier separates the held-out rows, and by which columns.</returns>
    /// <exception cref="ArgumentException">There are too few rows, or the columns differ.</exception>
    /// <exception cref="FeatureDataException">A cell is infinite, in whatever row; the reference is checked first.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ClassifierTestResult Compare(FeatureMatrix reference, FeatureMatrix current, CancellationToken cancellationToken = default)
    {
        const int LeastRows = 20;
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        if (!reference.Schema.Equals(current.Schema))
            throw new ArgumentException($"The reference has the columns ({reference.Schema}) and the current rows ({current.Schema}), or other offsets, levels or missing cells.", nameof(current));
        if (Math.Min(reference.RowCount, current.RowCount) < LeastRows)
            throw new ArgumentException($"The reference has {reference.RowCount} rows and the window {current.RowCount}; at least {LeastRows} each are needed.", nameof(current));
        // All rows, so that the answer does not depend on which are taken, and the row has the number that it has for the caller.
        InfiniteCells.ThrowIfAny(reference);
        InfiniteCells.ThrowIfAny(current);
        var (a, b) = (Even(reference), Even(current));
        var features = new RowFeatures(a, b);
        double[][] rows = [.. features.Of(a), .. features.Of(b)];
        bool[] isCurrent = [.. Enumerable.Repeat(false, a.RowCount), .. Enumerable.Repeat(true, b.RowCount)];
        bool[] teaches = [.. Halves(a.RowCount, 0), .. Halves(b.RowCount, 1)];
        var model = LogisticRegression.Fit(
            Where(rows, teaches, true), Where(isCurrent, teaches, true), Ridge, cancellationToken);
        double[][] held = Where(rows, teaches, false);
        bool[] answers = Where(isCurrent, teaches, false);
        var (area, log) = RankSum.Test(Array.ConvertAll(held, model.Score), answers);
        return new ClassifierTestResult(area, Math.Clamp(Math.Exp(log), double.Epsilon, 1), answers.Length,
            [.. features.Parts(model, held, answers).Select(part => new ClassifierColumn(part.Name, part.Fraction)).OrderByDescending(column => column.Fraction)]);
    }

    private FeatureMatrix Even(FeatureMatrix rows) => rows.RowCount <= MaxRows
        ? rows
        : rows.SelectRows([.. Enumerable.Range(0, MaxRows).Select(i => (int)((long)i * rows.RowCount / MaxRows))]);

    /// <summary>Which rows teach: half of them, drawn.</summary>
    private bool[] Halves(int count, ulong stream)
    {
        var random = new CounterRandom(Seed, stream);
        var drawn = new int[count / 2];
        random.SampleWithoutReplacement(count, drawn);
        var teaches = new bool[count];
        foreach (int row in drawn)
            teaches[row] = true;
        return teaches;
    }

    private static T[] Where<T>(T[] values, bool[] flags, bool wanted) => [.. values.Where((_, i) => flags[i] == wanted)];
}
