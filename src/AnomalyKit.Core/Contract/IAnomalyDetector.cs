using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>A fitted detector: takes rows of values to anomaly scores and labels.</summary>
/// <remarks>
/// <para>
/// Fitted, immutable, safe for any number of threads, and complete: its <see cref="Frame"/> holds the columns, the scaling, the threshold and the calibration that it was
/// fitted with. A higher score is more anomalous, always; a row whose score exceeds <see cref="Threshold"/> is an anomaly. The score of a row never depends on the rows
/// beside it, the batch size or the number of threads.
/// </para>
/// <para>
/// Callers use the forms of scoring in <see cref="DetectorExtensions"/>, which take values, matrices, arrays, streams and tensors. Authors implement five members, or derive
/// from <see cref="AnomalyDetector{TSelf}"/>, which also brings loading and narrowed return types. A detector that implements this interface alone saves, loads and joins
/// ensembles like any other.
/// </para>
/// </remarks>
public interface IAnomalyDetector
{
    /// <summary>What kind of detector this is and what its score means.</summary>
    DetectorInfo Info { get; }

    /// <summary>The columns, the fitted scaling, the threshold and the calibration.</summary>
    DetectorFrame Frame { get; }

    /// <summary>The columns that the detector was fitted on.</summary>
    FeatureSchema Schema => Frame.Schema;

    /// <summary>A row is an anomaly if its score is greater than this.</summary>
    double Threshold => Frame.Threshold;

    /// <summary>How the threshold came about, for people: for example <c>contamination 0.01</c>.</summary>
    string ThresholdOrigin => Frame.ThresholdOrigin;

    /// <summary>The map from scores to a scale with a meaning, fitted with the detector; null where it has none. The threshold is on the scale of the scores.</summary>
    ScoreCalibrator? Calibrator => Frame.Calibrator;

    /// <summary>What the detector remembers of the rows that it was fitted on; null where it was fitted without.</summary>
    ReferenceProfile? Profile => Frame.Profile;

    /// <summary>The most rows that are handed to <see cref="ScoreRows"/> at once: enough to amortise a call, few enough to take less than 100 ms.</summary>
    /// <value>At least 1; 4,096 by default.</value>
    int BlockRows => DetectorModel.DefaultBlockRows;

    /// <summary>Scores encoded rows on the calling thread, without allocating. All other forms of scoring end here.</summary>
    /// <param name="rows">At most <see cref="BlockRows"/> rows in the encoding of <see cref="Schema"/>, all cells finite.</param>
    /// <param name="scores">Receives one score per row; higher is more anomalous.</param>
    /// <exception cref="ArgumentException">The rows have another number of columns than the detector, or there is not one score per row.</exception>
    void ScoreRows(EncodedRows rows, Span<float> scores);

    /// <summary>The detector's own way of saying which columns made a score; null where it has none, or none for these options: then <see cref="SamplingAttributor"/> explains it.</summary>
    /// <param name="options">Groups of columns and background rows.</param>
    /// <returns>An attributor over <see cref="Schema"/>, or null. To explain rows, use <see cref="AttributionExtensions.CreateAttributor"/>, which never gives null.</returns>
    RowAttributor? OwnAttributor(AttributionOptions options) => null;

    /// <summary>The same detector in another frame, sharing the fitted model.</summary>
    /// <param name="frame">The new frame; only its threshold, its calibration and its profile may differ from the present one.</param>
    /// <returns>A new detector.</returns>
    IAnomalyDetector WithFrame(DetectorFrame frame);

    /// <summary>Writes the arrays and values of the model, without the frame. To save a whole detector, use <see cref="DetectorExtensions.Save(IAnomalyDetector, string)"/>.</summary>
    /// <param name="writer">The model's part of the file.</param>
    void WriteModel(ModelWriter writer);
}
