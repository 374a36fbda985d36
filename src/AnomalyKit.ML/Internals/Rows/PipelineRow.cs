using Microsoft.ML.Data;

namespace AnomalyKit.ML.Rows;

/// <summary>What a detector looks at in one row of a pipeline: the cells of its columns, gathered by type. A group that it does not need has no cells.</summary>
internal class PipelineRow
{
    [ColumnName(PipelineColumns.Features), VectorType]
    public VBuffer<float> Features { get; set; }

    [ColumnName(PipelineColumns.Numbers), VectorType]
    public VBuffer<double> Numbers { get; set; }

    [ColumnName(PipelineColumns.Words), VectorType]
    public VBuffer<ReadOnlyMemory<char>> Words { get; set; }

    [ColumnName(PipelineColumns.Times), VectorType]
    public VBuffer<DateTime> Times { get; set; }

    [ColumnName(PipelineColumns.Instants), VectorType]
    public VBuffer<DateTimeOffset> Instants { get; set; }
}
