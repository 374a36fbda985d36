using AnomalyKit.ML.Cells;
using AnomalyKit.ML.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace AnomalyKit.ML.Inputs;

/// <summary>A detector of tables, whose columns are found by name.</summary>
internal sealed class TableInput(TableDetector detector) : DetectorInput
{
    /// <summary>Cursors and prediction engines run on threads of ML.NET's choice.</summary>
    public static TableScoreOptions SingleThread { get; } = new() { MaxDegreeOfParallelism = 1 };

    public override IAnomalyDetector Detector => detector.Detector;

    public override TableDetector TableDetector => detector;

    public override IReadOnlyList<DataViewSchema.Column> Find(DataViewSchema schema) => new ViewColumns(schema, detector.Layout).Sources;

    public override PendingRows Open(DataViewRow row) => new TableRows(detector, new ViewColumns(row.Schema, detector.Layout), row);

    public override DataViewSchema OwnSchema()
    {
        var schema = new DataViewSchema.Builder();
        foreach (var field in detector.Preparation.Schema.Fields)
        {
            schema.AddColumn(field.Name, field.Kind switch
            {
                ColumnKind.Number => NumberDataViewType.Single,
                ColumnKind.Boolean => BooleanDataViewType.Instance,
                ColumnKind.DateTime => DateTimeDataViewType.Instance,
                _ => TextDataViewType.Instance,
            });
        }

        return schema.ToSchema();
    }

    public override GatheredColumns Gather(DataViewSchema schema) => new TableGathering(detector.Preparation.Schema).Gather(schema, Find(schema));

    public override float Score(PipelineRow row, GatheredForm form)
    {
        float score = 0;
        var scores = new Span<float>(ref score);
        if (detector.TakesValues)
        {
            int count = form.Letters.Length;
            Span<double> values = count <= 128 ? stackalloc double[count] : new double[count];
            row.Numbers.CopyTo(values);
            detector.ScoreValues(values, scores);
        }
        else
        {
            detector.Score(GatheredTable.Of(row, detector.Preparation.Schema, form), scores, SingleThread);
        }

        return score;
    }

    public override void Save(Stream destination) => detector.Save(destination);
}
