using AnomalyKit.ML.Rows;
using Microsoft.ML;

namespace AnomalyKit.ML.Inputs;

/// <summary>A fitted detector, and how it takes rows of ML.NET. Safe for any number of threads.</summary>
internal abstract class DetectorInput
{
    /// <summary>Takes rows to scores.</summary>
    public abstract IAnomalyDetector Detector { get; }

    /// <summary>The detector of tables; null for one of matrices.</summary>
    public virtual TableDetector? TableDetector => null;

    /// <summary>The column of vectors; empty for a detector of tables.</summary>
    public virtual string ColumnName => "";

    /// <summary>Whether scores have p-values.</summary>
    public bool HasPValues => Detector.Calibrator is TailCalibrator;

    /// <summary>The columns of a schema that are looked at.</summary>
    /// <exception cref="ArgumentException">One is missing, or of a type that cannot be used.</exception>
    /// <exception cref="TableDataException">The same, of a table.</exception>
    public abstract IReadOnlyList<DataViewSchema.Column> Find(DataViewSchema schema);

    /// <summary>Begins to score rows of a cursor in which the columns of <see cref="Find"/> are active.</summary>
    public abstract PendingRows Open(DataViewRow row);

    /// <summary>Columns as the detector has them, where no data tells what they are.</summary>
    public abstract DataViewSchema OwnSchema();

    /// <summary>How the groups of <see cref="PipelineRow"/> are made of the columns of a schema.</summary>
    /// <exception cref="ArgumentException">A column is missing, or of a type that cannot be used.</exception>
    /// <exception cref="TableDataException">The same, of a table.</exception>
    public abstract GatheredColumns Gather(DataViewSchema schema);

    /// <summary>Scores one gathered row.</summary>
    public abstract float Score(PipelineRow row, GatheredForm form);

    /// <summary>Writes the detector.</summary>
    public abstract void Save(Stream destination);

    /// <summary>Fills in what follows from a score.</summary>
    public void Describe(float score, PipelineScore result)
    {
        result.Score = score;
        result.PredictedLabel = score > Detector.Threshold;
        result.PValue = PValue(score);
    }

    public float PValue(float score) => Detector.Calibrator is TailCalibrator tail ? (float)tail.TailProbability(score) : float.NaN;
}
