using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AnomalyKit;

public static partial class DetectorExtensions
{
    private static readonly ScoreOptions SingleThread = new() { MaxDegreeOfParallelism = 1 };

    /// <summary>Scores the rows of a matrix on several threads.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="data">Rows with the detector's columns, by name (where both have names) and number; offsets may differ.</param>
    /// <param name="scores">Receives one score per row; higher is more anomalous.</param>
    /// <param name="options">Threads and progress.</param>
    /// <param name="cancellationToken">Stops the scoring; scores written so far stay.</param>
    /// <exception cref="ArgumentException">The columns or the number of scores do not fit.</exception>
    /// <exception cref="FeatureDataException">A cell is NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Score(
        this IAnomalyDetector detector, FeatureMatrix data, Span<float> scores, ScoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(data);
        RowChecks.ThrowIfOtherColumns(detector.Schema, data.Schema, nameof(data));
        if (scores.Length != data.RowCount)
            throw new ArgumentException($"Room for {scores.Length} scores; the data has {data.RowCount} rows.", nameof(scores));
        MatrixScoring.By(detector, options).Run(data, scores, cancellationToken);
    }

    /// <summary>Scores the rows of a matrix on several threads into a new array.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="data">Rows with the detector's columns, by name (where both have names) and number; offsets may differ.</param>
    /// <param name="options">Threads and progress.</param>
    /// <param name="cancellationToken">Stops the scoring.</param>
    /// <returns>One score per row; higher is more anomalous.</returns>
    /// <inheritdoc cref="Score(IAnomalyDetector, FeatureMatrix, Span{float}, ScoreOptions?, CancellationToken)"/>
    public static float[] Score(
        this IAnomalyDetector detector, FeatureMatrix data, ScoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var scores = new float[data.RowCount];
        detector.Score(data, scores, options, cancellationToken);
        return scores;
    }

    /// <summary>Scores one row of a matrix. Offsets of the matrix may differ from the detector's.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="data">Rows with the detector's columns.</param>
    /// <param name="row">The zero-based row.</param>
    /// <returns>The score; higher is more anomalous.</returns>
    /// <exception cref="ArgumentException">The columns do not fit, or there is no such row.</exception>
    /// <exception cref="FeatureDataException">A cell is NaN or infinite.</exception>
    public static float Score(this IAnomalyDetector detector, FeatureMatrix data, int row)
    {
        ArgumentNullException.ThrowIfNull(data);
        float score = 0;
        detector.Score(data.Slice(row, 1), new Span<float>(ref score), SingleThread);
        return score;
    }

    /// <summary>Scores the rows of a two-dimensional tensor of values, without allocating where it is dense.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="values">Rows × columns.</param>
    /// <param name="scores">Receives one score per row.</param>
    /// <exception cref="ArgumentException">The tensor is not rows × columns, or the number of scores differs.</exception>
    public static void Score(this IAnomalyDetector detector, in ReadOnlyTensorSpan<float> values, Span<float> scores)
    {
        ArgumentNullException.ThrowIfNull(detector);
        int columns = detector.Schema.ColumnCount;
        if (values.Rank != 2 || values.Lengths[1] != columns || values.Lengths[0] != scores.Length)
        {
            throw new ArgumentException(
                $"The tensor is {string.Join(" × ", values.Lengths.ToArray())}; {scores.Length} × {columns} is needed for {scores.Length} scores of {columns} columns.",
                nameof(values));
        }

        if (scores.IsEmpty)
            return;
        if (values.IsDense)
        {
            detector.Score(MemoryMarshal.CreateReadOnlySpan(in values.GetPinnableReference(), checked(scores.Length * columns)), scores);
            return;
        }

        var copy = new float[checked(scores.Length * columns)];
        values.FlattenTo(copy);
        detector.Score(copy, scores);
    }

    /// <summary>Scores batches as they arrive, one at a time, in bounded memory. Each batch is scored on the consumer's thread and its helpers.</summary>
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

    /// <summary>Scores the rows of a matrix on the calibration's scale, on several threads.</summary>
    /// <param name="detector">A detector with a calibration.</param>
    /// <param name="data">Rows with the detector's columns.</param>
    /// <param name="options">Threads and progress.</param>
    /// <param name="cancellationToken">Stops the scoring.</param>
    /// <returns>One calibrated score per row; see <see cref="ScoreCalibrator.Definition"/>.</returns>
    /// <exception cref="InvalidOperationException">The detector has no calibration.</exception>
    /// <inheritdoc cref="Score(IAnomalyDetector, FeatureMatrix, Span{float}, ScoreOptions?, CancellationToken)"/>
    public static float[] ScoreCalibrated(
        this IAnomalyDetector detector, FeatureMatrix data, ScoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        var calibrator = CalibratorOf(detector);
        float[] scores = detector.Score(data, options, cancellationToken);
        calibrator.Calibrate(scores, scores);
        return scores;
    }

    /// <summary>Whether a row of a matrix is an anomaly: its score is greater than the detector's threshold.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="data">Rows with the detector's columns; offsets may differ.</param>
    /// <param name="row">The zero-based row.</param>
    /// <returns>Whether the row is an anomaly.</returns>
    /// <inheritdoc cref="Score(IAnomalyDetector, FeatureMatrix, int)"/>
    public static bool IsAnomaly(this IAnomalyDetector detector, FeatureMatrix data, int row) => detector.Score(data, row) > detector.Threshold;

    /// <summary>Which rows of a matrix are anomalies, on several threads. Rows are taken as new ones: for the rows of the fit itself see <see cref="FitResult{TDetector}.TrainingAnomalies"/>.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="data">Rows with the detector's columns.</param>
    /// <param name="anomalies">Receives one label per row: whether its score is greater than the detector's threshold.</param>
    /// <param name="options">Threads and progress.</param>
    /// <param name="cancellationToken">Stops the scoring.</param>
    /// <inheritdoc cref="Score(IAnomalyDetector, FeatureMatrix, Span{float}, ScoreOptions?, CancellationToken)"/>
    public static void IsAnomaly(
        this IAnomalyDetector detector, FeatureMatrix data, Span<bool> anomalies, ScoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(data);
        if (anomalies.Length != data.RowCount)
            throw new ArgumentException($"There is room for {anomalies.Length} labels, but the data has {data.RowCount} rows.", nameof(anomalies));
        float[] scores = ArrayPool<float>.Shared.Rent(anomalies.Length);
        detector.Score(data, scores.AsSpan(0, anomalies.Length), options, cancellationToken);
        Label(scores, detector.Threshold, anomalies);
        ArrayPool<float>.Shared.Return(scores);
    }

    /// <summary>Which rows of a matrix are anomalies, on several threads. Rows are taken as new ones: for the rows of the fit itself see <see cref="FitResult{TDetector}.TrainingAnomalies"/>.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="data">Rows with the detector's columns.</param>
    /// <param name="options">Threads and progress.</param>
    /// <param name="cancellationToken">Stops the scoring.</param>
    /// <returns>One label per row: whether its score is greater than the detector's threshold.</returns>
    /// <inheritdoc cref="Score(IAnomalyDetector, FeatureMatrix, Span{float}, ScoreOptions?, CancellationToken)"/>
    public static bool[] IsAnomaly(
        this IAnomalyDetector detector, FeatureMatrix data, ScoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var anomalies = new bool[data.RowCount];
        detector.IsAnomaly(data, anomalies, options, cancellationToken);
        return anomalies;
    }
}
