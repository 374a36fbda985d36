using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>Forms of scoring and saving that stand on <see cref="IAnomalyDetector"/>'s span surface.</summary>
public static class DetectorExtensions
{
    private static readonly ScoreOptions SingleThread = new() { MaxDegreeOfParallelism = 1 };

    /// <summary>Scores one row, without allocating.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="row">One cell a column, in the detector's schema.</param>
    /// <returns>The score; higher is more anomalous.</returns>
    /// <exception cref="ArgumentException">The row has another number of cells.</exception>
    /// <exception cref="FeatureDataException">A cell is NaN or infinite.</exception>
    public static float Score(this IAnomalyDetector detector, ReadOnlySpan<float> row)
    {
        ArgumentNullException.ThrowIfNull(detector);
        float score = 0;
        detector.Score(row, new Span<float>(ref score));
        return score;
    }

    /// <summary>Scores the rows of a matrix on several threads into a new array.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="data">Rows with the detector's columns.</param>
    /// <param name="options">Threads and progress.</param>
    /// <param name="cancellationToken">Stops the scoring.</param>
    /// <returns>One score a row; higher is more anomalous.</returns>
    public static float[] Score(
        this IAnomalyDetector detector, FeatureMatrix data, ScoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(data);
        var scores = new float[data.RowCount];
        detector.Score(data, scores, options, cancellationToken);
        return scores;
    }

    /// <summary>Scores rows on the calibration's scale, on the calling thread, without allocating.</summary>
    /// <param name="detector">A detector with a calibration.</param>
    /// <param name="rows">Row-major cells in the detector's schema.</param>
    /// <param name="calibrated">Receives one calibrated score a row; see <see cref="ScoreCalibrator.Definition"/>.</param>
    /// <exception cref="InvalidOperationException">The detector has no calibration.</exception>
    public static void ScoreCalibrated(this IAnomalyDetector detector, ReadOnlySpan<float> rows, Span<float> calibrated)
    {
        var calibrator = CalibratorOf(detector);
        detector.Score(rows, calibrated);
        calibrator.Calibrate(calibrated, calibrated);
    }

    /// <summary>Scores the rows of a matrix on the calibration's scale, on several threads.</summary>
    /// <param name="detector">A detector with a calibration.</param>
    /// <param name="data">Rows with the detector's columns.</param>
    /// <param name="options">Threads and progress.</param>
    /// <param name="cancellationToken">Stops the scoring.</param>
    /// <returns>One calibrated score a row; see <see cref="ScoreCalibrator.Definition"/>.</returns>
    /// <exception cref="InvalidOperationException">The detector has no calibration.</exception>
    public static float[] ScoreCalibrated(
        this IAnomalyDetector detector, FeatureMatrix data, ScoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        var calibrator = CalibratorOf(detector);
        float[] scores = detector.Score(data, options, cancellationToken);
        calibrator.Calibrate(scores, scores);
        return scores;
    }

    /// <summary>Scores one row of a matrix. The matrix may have other offsets than the detector, which the bare cells of a row would not tell.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="data">Rows with the detector's columns.</param>
    /// <param name="row">The zero-based row.</param>
    /// <returns>The score; higher is more anomalous.</returns>
    /// <exception cref="ArgumentException">The columns do not fit, or there is no such row.</exception>
    /// <exception cref="FeatureDataException">A cell is NaN or infinite.</exception>
    public static float Score(this IAnomalyDetector detector, FeatureMatrix data, int row)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(data);
        float score = 0;
        detector.Score(data.Slice(row, 1), new Span<float>(ref score), SingleThread);
        return score;
    }

    /// <summary>Scores the rows of a two-dimensional tensor, without allocating where it is dense.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="rows">Rows × columns, in the detector's schema.</param>
    /// <param name="scores">Receives one score a row.</param>
    /// <exception cref="ArgumentException">The tensor is not rows × columns, or the scores are of another count.</exception>
    public static void Score(this IAnomalyDetector detector, in ReadOnlyTensorSpan<float> rows, Span<float> scores)
    {
        ArgumentNullException.ThrowIfNull(detector);
        int columns = detector.Schema.ColumnCount;
        if (rows.Rank != 2 || rows.Lengths[1] != columns || rows.Lengths[0] != scores.Length)
        {
            throw new ArgumentException(
                $"The tensor is {string.Join(" × ", rows.Lengths.ToArray())}; {scores.Length} × {columns} is needed for {scores.Length} scores of {columns} columns.",
                nameof(rows));
        }

        if (scores.IsEmpty)
            return;
        if (rows.IsDense)
        {
            detector.Score(MemoryMarshal.CreateReadOnlySpan(in rows.GetPinnableReference(), checked(scores.Length * columns)), scores);
            return;
        }

        var copy = new float[checked(scores.Length * columns)];
        rows.FlattenTo(copy);
        detector.Score(copy, scores);
    }

    /// <summary>Scores batches as they arrive, one at a time, in bounded memory.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="batches">Batches of rows with the detector's columns.</param>
    /// <param name="options">Threads within a batch.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    /// <returns>Each batch with its scores, in order. Every batch has scores of its own.</returns>
    public static async IAsyncEnumerable<ScoredBatch> ScoreAsync(
        this IAnomalyDetector detector,
        IAsyncEnumerable<FeatureMatrix> batches,
        ScoreOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(batches);
        long firstRow = 0;
        await foreach (var batch in batches.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return new ScoredBatch(firstRow, batch, detector.Score(batch, options, cancellationToken));
            firstRow += batch.RowCount;
        }
    }

    /// <summary>Whether a row is an anomaly: its score is greater than the detector's threshold.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="row">One cell a column, in the detector's schema.</param>
    /// <returns>Whether the row is an anomaly.</returns>
    public static bool IsAnomaly(this IAnomalyDetector detector, ReadOnlySpan<float> row)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return detector.Score(row) > detector.Threshold;
    }

    /// <summary>Whether a row of a matrix is an anomaly: its score is greater than the detector's threshold.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="data">Rows with the detector's columns; offsets may differ.</param>
    /// <param name="row">The zero-based row.</param>
    /// <returns>Whether the row is an anomaly.</returns>
    public static bool IsAnomaly(this IAnomalyDetector detector, FeatureMatrix data, int row)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return detector.Score(data, row) > detector.Threshold;
    }

    /// <summary>Which rows of a matrix are anomalies.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="data">Rows with the detector's columns.</param>
    /// <param name="options">Threads and progress.</param>
    /// <param name="cancellationToken">Stops the scoring.</param>
    /// <returns>One label a row: whether its score is greater than the detector's threshold.</returns>
    public static bool[] IsAnomaly(
        this IAnomalyDetector detector, FeatureMatrix data, ScoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        float[] scores = detector.Score(data, options, cancellationToken);
        return Array.ConvertAll(scores, score => score > detector.Threshold);
    }

    /// <summary>The same detector with a threshold found by a rule over scores, without refitting.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="scores">Scores of rows like those that will come, for instance of the last month.</param>
    /// <returns>A new detector that shares the fitted model.</returns>
    /// <exception cref="ArgumentException">The rule finds no threshold in these scores.</exception>
    public static IAnomalyDetector WithThreshold(this IAnomalyDetector detector, ThresholdRule rule, ReadOnlySpan<float> scores)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(rule);
        return detector is AnomalyDetector known ? known.WithThreshold(rule, scores) : detector.WithThreshold(rule.Resolve(scores));
    }

    /// <summary>Saves the detector to a file, which appears whole or not at all: it is written beside and renamed.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="path">The file; an existing one is replaced. The customary ending is <c>.akm</c>.</param>
    /// <exception cref="IOException">The file cannot be written; an existing one is left as it was.</exception>
    public static void Save(this IAnomalyDetector detector, string path)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ModelWriter.For(detector).Save(path);
    }

    /// <summary>Saves the detector to a stream.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="destination">A writable stream; it stays open.</param>
    public static void Save(this IAnomalyDetector detector, Stream destination)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ModelWriter.For(detector).Save(destination);
    }

    private static ScoreCalibrator CalibratorOf(IAnomalyDetector detector)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return detector.Calibrator ?? throw new InvalidOperationException(
            "The detector has no calibration. Set the trainer's Calibration before Fit, for example to ScoreCalibration.Rank(), or use WithCalibration.");
    }
}
