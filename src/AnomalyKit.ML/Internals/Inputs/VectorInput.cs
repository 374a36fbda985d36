using System.Buffers;
using AnomalyKit.ML.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace AnomalyKit.ML.Inputs;

/// <summary>A detector of matrices, whose columns are the slots of one vector.</summary>
internal sealed class VectorInput(IAnomalyDetector detector, string columnName) : DetectorInput
{
    public override IAnomalyDetector Detector => detector;

    public override string ColumnName => columnName;

    public override IReadOnlyList<DataViewSchema.Column> Find(DataViewSchema schema) => [VectorColumn.Find(schema, columnName, detector.Schema.ColumnCount)];

    public override PendingRows Open(DataViewRow row) => new VectorRows(detector, columnName, row.GetGetter<VBuffer<float>>(row.Schema[columnName]));

    public override DataViewSchema OwnSchema()
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(columnName, new VectorDataViewType(NumberDataViewType.Single, detector.Schema.ColumnCount));
        return schema.ToSchema();
    }

    public override GatheredColumns Gather(DataViewSchema schema)
    {
        _ = Find(schema);
        return new GatheredColumns(GatheredForm.OneVector, [context => context.Transforms.CopyColumns(PipelineColumns.Features, columnName)], []);
    }

    public override float Score(PipelineRow row, GatheredForm form)
    {
        var values = row.Features;
        int columns = detector.Schema.ColumnCount;
        if (values.Length != columns)
            throw new ArgumentException($"The vector has {values.Length} values; the detector was fitted on {columns} columns: {detector.Schema}.");
        if (values.IsDense)
            return detector.Score(values.GetValues());
        float[] dense = ArrayPool<float>.Shared.Rent(columns);
        values.CopyTo(dense.AsSpan(0, columns));
        float score = detector.Score(dense.AsSpan(0, columns));
        ArrayPool<float>.Shared.Return(dense);
        return score;
    }

    public override void Save(Stream destination) => detector.Save(destination);
}
