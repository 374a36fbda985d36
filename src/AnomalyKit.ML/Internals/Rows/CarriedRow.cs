using Microsoft.ML.Data;

namespace AnomalyKit.ML.Rows;

/// <summary>A row of a saved pipeline: the model stands in each of them, as one text in memory that all share.</summary>
internal sealed class CarriedRow : PipelineRow
{
    [ColumnName(PipelineColumns.Model)]
    public ReadOnlyMemory<char> Model { get; set; }
}
