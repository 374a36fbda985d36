using System.Runtime.CompilerServices;

namespace AnomalyKit.Serving.Scoring;

/// <summary>The explainers of models, made once and gone with their models.</summary>
internal sealed class ModelExplainers
{
    private readonly ConditionalWeakTable<ServedModel, TableExplainer> _explainers = [];

    public TableExplainer Of(ServedModel model) => _explainers.GetValue(model, static model => model.Detector.CreateExplainer());
}
