using System.Globalization;
using AnomalyKit.Onnx.Graphs;
using AnomalyKit.Onnx.Inputs;
using AnomalyKit.Persistence;
using AnomalyKit.Preparation;

namespace AnomalyKit.Onnx.Files;

/// <summary>What a file says of itself, as names and texts.</summary>
internal static class ModelMetadata
{
    private const string Prefix = "anomalykit.";

    public static IEnumerable<(string Key, string Value)> Of(
        IAnomalyDetector detector, InputPlan plan, IReadOnlyList<OnnxTensor> outputs, FittedPreparation? preparation, OnnxOptions options)
    {
        yield return (Prefix + "kind", detector.Info.Kind);
        yield return (Prefix + "version", FileHeader.LibraryVersion);
        yield return (Prefix + "opset", GraphBuilder.Opset.ToString(CultureInfo.InvariantCulture));
        yield return (Prefix + "score", detector.Info.ScoreDefinition);
        yield return (Prefix + "score.direction", "higher is more anomalous");
        yield return (Prefix + "reference", detector.Info.Reference);
        yield return (Prefix + "threshold", detector.Threshold.ToString("R", CultureInfo.InvariantCulture));
        yield return (Prefix + "threshold.origin", detector.ThresholdOrigin);
        yield return (Prefix + "label", "score > threshold");
        yield return (Prefix + "refused_rows", "score NaN, label false");
        yield return (Prefix + "features", TextList.ToJson(plan.Columns));
        yield return (Prefix + "outputs", TextList.ToJson([.. outputs.Select(output => output.Name)]));
        if (detector.Calibrator is { } calibrator)
            yield return (Prefix + "calibration", $"{calibrator.Kind}: {calibrator.Definition}");
        if (detector is EnsembleDetector ensemble)
        {
            yield return (Prefix + "members", TextList.ToJson([.. ensemble.Members.Select(member => member.Name)]));
            yield return (Prefix + "combiner", ensemble.Combiner.ToText());
        }

        if (preparation is null)
            yield break;
        yield return (Prefix + "features.kinds", TextList.ToJson([.. preparation.Schema.Fields.Select(field => field.Kind.ToString())]));
        if (preparation.Schema.Fields.Any(field => field.Kind == ColumnKind.DateTime))
            yield return (Prefix + "dates", "int64 microseconds since 1970-01-01T00:00:00; the least int64 is a missing cell");
        if (preparation.Schema.Fields.Any(field => field.Kind == ColumnKind.Category))
            yield return (Prefix + "categories", options.CategoryType == OnnxCategoryType.Text ? "words; the empty word is a missing cell" : "numbers of levels; -1 is a missing cell");
        foreach (var encoder in preparation.Encoders.OfType<CategoryEncoder>().DistinctBy(encoder => encoder.Source))
            yield return ($"{Prefix}levels.{encoder.Source}", TextList.ToJson(encoder.Levels));
    }
}
