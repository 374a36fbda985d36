using AnomalyKit.ML.Rows;
using Microsoft.ML.Transforms;

namespace AnomalyKit.ML.Pipelines;

/// <summary>The step of a saved pipeline that scores, by the model that stands in its rows. ML.NET makes it anew when it loads one.</summary>
/// <remarks>The model is read once, at the first row: all rows have the same text in memory. Safe for any number of threads.</remarks>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class CarriedScoring : CustomMappingFactory<CarriedRow, PipelineScore>
{
    public const string Contract = "AnomalyKit.ML.Score/1";

    private readonly Lock _reading = new();
    private volatile CarriedModel? _model;

    public override Action<CarriedRow, PipelineScore> GetMapping() => Score;

    private void Score(CarriedRow row, PipelineScore result)
    {
        var model = _model;
        if (model is null || !model.Text.Equals(row.Model))
            model = Read(row.Model);
        model.Input.Describe(model.Input.Score(row, model.Form), result);
    }

    private CarriedModel Read(ReadOnlyMemory<char> text)
    {
        lock (_reading)
        {
            var model = _model;
            if (model is null || !model.Text.Equals(text))
                _model = model = CarriedModel.Read(text);
            return model;
        }
    }
}
