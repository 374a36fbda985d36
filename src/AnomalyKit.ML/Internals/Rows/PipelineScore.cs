using Microsoft.ML.Data;

namespace AnomalyKit.ML.Rows;

/// <summary>What a detector says of one row.</summary>
internal sealed class PipelineScore
{
    [ColumnName(ScoreColumns.Score)]
    public float Score { get; set; }

    [ColumnName(ScoreColumns.PredictedLabel)]
    public bool PredictedLabel { get; set; }

    [ColumnName(ScoreColumns.PValue)]
    public float PValue { get; set; }
}
