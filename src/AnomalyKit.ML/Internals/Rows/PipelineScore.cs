using Microsoft.ML.Data;

namespace AnomalyKit.ML.Rows;

/// <summary>What a detector says of one row.</summary>
internal sealed class PipelineScore
{
    [ColumnName(ScoreColumns.Score)]
    public float Score { get; set; }

    [ColumnName(ScoreColumns.PredictedLabel)]
    public bool PredictedLabel { get; set; }

    /// <summary>Copied to its own column only where scores have p-values, so that it hides no other.</summary>
    [ColumnName(PipelineColumns.PValue)]
    public float PValue { get; set; }
}
