using AnomalyKit.ML.Inputs;
using AnomalyKit.ML.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace AnomalyKit.ML.Views;

/// <summary>The columns of scored data: those of the data, at the same places, and behind them what a detector adds.</summary>
internal static class ScoredSchema
{
    public static DataViewSchema Of(DataViewSchema input, DetectorInput detector)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(input);
        schema.AddColumn(ScoreColumns.Score, NumberDataViewType.Single);
        schema.AddColumn(ScoreColumns.PredictedLabel, BooleanDataViewType.Instance);
        if (detector.HasPValues)
            schema.AddColumn(ScoreColumns.PValue, NumberDataViewType.Single);
        return schema.ToSchema();
    }
}
