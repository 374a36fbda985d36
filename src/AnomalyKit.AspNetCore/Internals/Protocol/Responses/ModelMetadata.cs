using System.Globalization;

namespace AnomalyKit.Serving.Protocol;

/// <summary>What the protocol tells of a model, over whichever transport.</summary>
internal sealed class ModelMetadata
{
    /// <summary>The platform of all models.</summary>
    public const string Platform = "anomalykit";

    private ModelMetadata(ServedModel model, IReadOnlyList<string> versions, IReadOnlyList<TensorMetadata> inputs, IReadOnlyList<TensorMetadata> outputs)
    {
        Name = model.Name;
        Versions = versions;
        Inputs = inputs;
        Outputs = outputs;
        Properties =
        [
            new("version", model.Version),
            new("columns", OutputParameters.NameList(model.Columns.Fields.Select(field => field.Name))),
            new("kind", model.Detector.Detector.Info.Kind),
            new("threshold", model.Threshold.ToString("R", CultureInfo.InvariantCulture)),
        ];
    }

    public string Name { get; }

    /// <summary>The versions that are served, newest first.</summary>
    public IReadOnlyList<string> Versions { get; }

    public IReadOnlyList<TensorMetadata> Inputs { get; }

    public IReadOnlyList<TensorMetadata> Outputs { get; }

    /// <summary>Version, columns (as a JSON array), kind of detector and threshold of the model that was asked for.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Properties { get; }

    public static ModelMetadata Of(ServedModel model, IDetectorPool pool)
    {
        string[] versions = [.. pool.Models.Where(other => other.Name == model.Name).Select(other => other.Version)];
        TensorMetadata[] inputs = model.TakesValues
            ? [new(InputShapes.MatrixName, TensorType.FP64, [-1, model.Columns.ColumnCount])]
            : [.. model.Columns.Fields.Select(field => new TensorMetadata(field.Name, TypeOf(field.Kind), [-1]))];
        return new ModelMetadata(model, versions, inputs, OutputsOf(model));
    }

    private static List<TensorMetadata> OutputsOf(ServedModel model)
    {
        List<TensorMetadata> outputs = [.. OutputChoice.Default(model).Select(output => new TensorMetadata(output.Name.Text(), output.Name.Type(), [-1]))];
        if (ModelAttributors.Find(model, out _) is { } attributor)
            outputs.Add(new TensorMetadata(OutputName.Contributions.Text(), OutputName.Contributions.Type(), [-1, attributor.Groups.Count]));
        return outputs;
    }

    private static TensorType TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => TensorType.FP64,
        ColumnKind.Boolean => TensorType.Bool,
        _ => TensorType.Bytes,
    };
}
