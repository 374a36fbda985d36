using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>A fitted detector: takes raw rows to anomaly scores and labels.</summary>
/// <remarks>
/// Fitted, immutable, safe for any number of threads, and complete: it holds the scaling, the threshold and the calibration that it was fitted with. A higher score
/// is more anomalous, always; a row whose score exceeds <see cref="Threshold"/> is an anomaly. A row's score never depends on the rows beside it,
/// the batch size or the thread count. More forms of scoring (single row, arrays, streams, tensors) are in <see cref="DetectorExtensions"/>.
/// Derive from <see cref="AnomalyDetector"/> to write one.
/// </remarks>
public interface IAnomalyDetector
{
    /// <summary>What kind of detector this is and what its score means.</summary>
    DetectorInfo Info { get; }

    /// <summary>The columns that the detector was fitted on. Cells given as spans are in this schema: see <see cref="FeatureSchema.Encode"/>.</summary>
    FeatureSchema Schema { get; }

    /// <summary>A row is an anomaly if its score is greater than this.</summary>
    double Threshold { get; }

    /// <summary>How the threshold came about, for people: for example <c>contamination 0.01</c>.</summary>
    string ThresholdOrigin { get; }

    /// <summary>The map from scores to a scale with a meaning, fitted with the detector; null where it has none. The threshold is on the scale of the scores.</summary>
    ScoreCalibrator? Calibrator => null;

    /// <summary>Scores rows on the calling thread, without allocating.</summary>
    /// <param name="rows">Row-major cells in the detector's <see cref="Schema"/>: as many rows as <paramref name="scores"/> has room for.</param>
    /// <param name="scores">Receives one score a row; higher is more anomalous.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together, or the spans overlap.</exception>
    /// <exception cref="FeatureDataException">A cell is NaN or infinite. Scores may have been written for rows before it.</exception>
    void Score(ReadOnlySpan<float> rows, Span<float> scores);

    /// <summary>Scores the rows of a matrix on several threads.</summary>
    /// <param name="data">Rows with the detector's columns, by name (where both have names) and number; offsets may differ.</param>
    /// <param name="scores">Receives one score a row; higher is more anomalous.</param>
    /// <param name="options">Threads and progress.</param>
    /// <param name="cancellationToken">Stops the scoring; scores written so far stay.</param>
    /// <exception cref="ArgumentException">The columns or the number of scores do not fit.</exception>
    /// <exception cref="FeatureDataException">A cell is NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    void Score(FeatureMatrix data, Span<float> scores, ScoreOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>The same detector with another threshold, without refitting.</summary>
    /// <param name="threshold">Any number but NaN; ±∞ flag nothing and everything.</param>
    /// <returns>A new detector that shares the fitted model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is NaN.</exception>
    IAnomalyDetector WithThreshold(double threshold);

    /// <summary>Adds the whole detector to a model file.</summary>
    /// <param name="writer">The file, or a part of it where a detector is kept inside another.</param>
    /// <remarks>To save to a path or a stream, use <see cref="DetectorExtensions.Save(IAnomalyDetector, string)"/>.</remarks>
    void WriteTo(ModelWriter writer);
}
