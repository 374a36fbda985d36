using System.Runtime.CompilerServices;
using AnomalyKit.Profiles;

namespace AnomalyKit;

/// <summary>What a fitted detector remembers of the rows that it was fitted on: the distribution of every column and of the scores, the fraction of alerts, and a few rows.</summary>
/// <remarks>
/// <para>
/// Windows of later rows are compared with it to notice that the world has moved; its <see cref="Rows"/> are what attributions are measured from. It is made at fit unless
/// <see cref="FitOptions.KeepProfile"/> is off, and saved with the detector.
/// </para>
/// <para>
/// Distributions of columns come from at most 8,192 rows, that of the scores from at most 32,768: of so many equal stretches of the training rows one row each, drawn at random but always the same. A row of weight w counts as w rows.
/// About 512 to 768 quantiles are kept of each column. Immutable and thread-safe; profiles of equal content are equal.
/// </para>
/// </remarks>
public sealed partial class ReferenceProfile : IEquatable<ReferenceProfile>
{
    /// <summary>The most rows that distributions are taken from.</summary>
    public const int MaxSampleSize = 1 << 13;

    /// <summary>The most rows that are kept in <see cref="Rows"/>.</summary>
    public const int MaxRows = 128;

    internal ReferenceProfile(long rowCount, int sampleSize, IReadOnlyList<ColumnProfile> columns)
    {
        RowCount = rowCount;
        SampleSize = sampleSize;
        Columns = columns;
    }

    /// <summary>How many rows it stands for: the training rows, or the sum of their weights, rounded.</summary>
    public long RowCount { get; }

    /// <summary>How many rows the distributions of the columns were taken from, at most <see cref="MaxSampleSize"/>; more where profiles were merged.</summary>
    public int SampleSize { get; }

    /// <summary>The columns: those of the matrix or, behind a preparation, those of the table that are features.</summary>
    public IReadOnlyList<ColumnProfile> Columns { get; }

    /// <summary>The scores of the training rows that the threshold was found on; null where the fit did not look at scores (<see cref="ThresholdRule.Fixed"/> without calibration): see <see cref="WithScores(ReadOnlySpan{float}, double, bool)"/>.</summary>
    public QuantileSketch? Scores { get; private init; }

    /// <summary>Whether <see cref="Scores"/> are those of rows that the model was not fitted on, as with <see cref="ScoreCalibration.Conformal"/>: only then are they like those of new rows by construction.</summary>
    public bool HasHeldOutScores { get; private init; }

    /// <summary>The fraction of <see cref="AlertRowCount"/> rows whose scores are above <see cref="AlertThreshold"/>, from 0 to 1; null where there are no scores.</summary>
    public double? AlertFraction { get; private init; }

    /// <summary>
    /// How many rows <see cref="AlertFraction"/> was counted among: those of <see cref="Scores"/>, or, where the threshold was found in other rows (<see cref="TableDetector.FindThreshold"/>, <see cref="TableDetector.WithThreshold(ThresholdRule, ReadOnlySpan{float})"/>), those. A row of weight w counts as w rows. Null where
    /// there are no scores.
    /// </summary>
    public double? AlertRowCount => OtherAlertRowCount ?? Scores?.Count;

    /// <summary>The number of rows that the threshold was found in, where these are not those of <see cref="Scores"/>.</summary>
    internal long? OtherAlertRowCount { get; private init; }

    /// <summary>The threshold that <see cref="AlertFraction"/> was counted at; null where there are no scores.</summary>
    public double? AlertThreshold { get; private init; }

    /// <summary>At most <see cref="MaxRows"/> of the training rows in the encoding of the detector, each as likely as any other; null where no detector was at hand.</summary>
    public FeatureMatrix? Rows { get; private init; }

    /// <summary>What the columns of a detector contribute to an ordinary row of <see cref="Rows"/>, by detector: computed when a row is explained for the first time. No part of the content.</summary>
    internal ConditionalWeakTable<object, TypicalContributions> TypicalContributions { get; } = [];

    /// <summary>
    /// A bound for the error of all ranks in a column without missing cells, against all training rows, as a fraction: what the sketches lose, and what sampling does (the inequality of
    /// Dvoretzky, Kiefer and Wolfowitz with Massart's constant, at 99 %). At 8,192 sampled of more rows it is 0.0190.
    /// </summary>
    public double RankError
    {
        get
        {
            double sketches = Columns.Max(column => column.Sketch?.RankError) ?? 0;
            return Math.Min(1, sketches + (SampleSize < RowCount ? Math.Sqrt(Math.Log(2 / QuantileSketch.ErrorProbability) / (2.0 * SampleSize)) : 0));
        }
    }

    /// <summary>A column by name.</summary>
    /// <param name="columnName">The name, compared ordinally.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentException">There is no such column; the message lists those that there are.</exception>
    public ColumnProfile this[string columnName] => Columns.FirstOrDefault(column => column.Name == columnName)
        ?? throw new ArgumentException($"The profile has no column '{columnName}'. The columns are: {string.Join(", ", Columns.Select(column => column.Name))}.", nameof(columnName));

    /// <summary>The profile of the rows of a matrix, without scores.</summary>
    /// <param name="rows">At least one row; every cell is one that the schema allows. Weights count.</param>
    /// <param name="options">Threads and progress; nothing here changes the result.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="ArgumentException">There are no rows, or weights are not usable.</exception>
    /// <exception cref="FeatureDataException">A cell is infinite, or NaN where no cell may be missing.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ReferenceProfile Of(FeatureMatrix rows, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return MatrixProfile.Of(rows, subset: null, areChecked: false, withColumns: true, new FitContext(options, cancellationToken));
    }

    /// <summary>The profile of the feature columns of a table, without scores and <see cref="Rows"/>.</summary>
    /// <param name="table">At least one row, and at least one column that is a feature. A weight column counts.</param>
    /// <param name="options">Threads and progress; nothing here changes the result.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="TableDataException">There are no rows or no features, or a number is infinite, or a weight is not usable.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ReferenceProfile Of(FeatureTable table, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        return TableProfile.Of(table, [.. table.Schema.Fields.Where(field => field.Role == ColumnRole.Feature).Select(field => field.Name)], new FitContext(options, cancellationToken));
    }

    /// <summary>The same profile with other scores, for instance of recent rows that are known to be ordinary.</summary>
    /// <param name="scores">At least one finite score.</param>
    /// <param name="threshold">Scores above it are alerts.</param>
    /// <param name="areHeldOut">Whether the model was not fitted on the rows that they are of.</param>
    /// <returns>A new profile.</returns>
    /// <exception cref="ArgumentException">There are no scores, or one is not finite, or the threshold is NaN.</exception>
    public ReferenceProfile WithScores(ReadOnlySpan<float> scores, double threshold, bool areHeldOut = true)
    {
        if (scores.IsEmpty)
            throw new ArgumentException("There are no scores.", nameof(scores));
        if (double.IsNaN(threshold))
            throw new ArgumentException("The threshold is NaN.", nameof(threshold));
        for (int i = 0; i < scores.Length; i++)
        {
            if (!float.IsFinite(scores[i]))
                throw new ArgumentException(FormattableString.Invariant($"Score {i} is {scores[i]}; a finite score was expected. Leave it out."), nameof(scores));
        }

        return WithScores(scores, [], threshold, areHeldOut);
    }

    /// <summary>The same profile without scores: what is left where a model changes and its rows do not.</summary>
    /// <returns>A new profile.</returns>
    public ReferenceProfile WithoutScores() => WithScores(null, areHeldOut: false, null, null);

    internal ReferenceProfile WithRows(FeatureMatrix? rows) => new(RowCount, SampleSize, Columns)
    {
        Scores = Scores,
        HasHeldOutScores = HasHeldOutScores,
        AlertFraction = AlertFraction,
        AlertThreshold = AlertThreshold,
        OtherAlertRowCount = OtherAlertRowCount,
        Rows = rows,
    };

    internal ReferenceProfile WithScores(QuantileSketch? scores, bool areHeldOut, double? alertFraction, double? alertThreshold, long? otherAlertRowCount = null) => new(RowCount, SampleSize, Columns)
    {
        Scores = scores?.Frozen(),
        HasHeldOutScores = scores is not null && areHeldOut,
        AlertFraction = alertFraction,
        AlertThreshold = alertThreshold,
        OtherAlertRowCount = otherAlertRowCount,
        Rows = Rows,
    };

    /// <summary>The same, with the fraction of alerts among other rows, those that the threshold was found in, and with their scores where there are none. Unchanged if they are none.</summary>
    internal ReferenceProfile WithAlertsAmong(ReadOnlySpan<float> scores, double threshold)
    {
        if (scores.IsEmpty)
            return this;
        if (Scores is null)
            return WithScores(scores, weights: [], threshold, areHeldOut: false);
        return WithScores(Scores, HasHeldOutScores, ScoreProfile.FractionAbove(scores, [], threshold), threshold, scores.Length);
    }

    internal ReferenceProfile WithScoresOf(ReferenceProfile other) => WithScores(other.Scores, other.HasHeldOutScores, other.AlertFraction, other.AlertThreshold, other.OtherAlertRowCount);

    /// <param name="scores">Finite scores.</param>
    /// <param name="weights">One weight per score, above 0; or empty.</param>
    /// <param name="threshold">Scores above it are alerts.</param>
    /// <param name="areHeldOut">Whether the model was not fitted on the rows.</param>
    internal ReferenceProfile WithScores(ReadOnlySpan<float> scores, ReadOnlySpan<double> weights, double threshold, bool areHeldOut)
    {
        var sketch = ScoreProfile.SketchOf(scores, weights);
        return sketch is null ? WithoutScores() : WithScores(sketch, areHeldOut, ScoreProfile.FractionAbove(scores, weights, threshold), threshold);
    }
}
