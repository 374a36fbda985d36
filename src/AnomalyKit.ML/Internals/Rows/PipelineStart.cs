using Microsoft.ML.Data;

namespace AnomalyKit.ML.Rows;

/// <summary>What a pipeline begins with: groups without cells, which those that are needed hide, and the key under which the model is found.</summary>
internal sealed class PipelineStart : PipelineRow
{
    public const int ModelKey = 1;

    [ColumnName(PipelineColumns.Key)]
    public int Key { get; set; } = ModelKey;
}
