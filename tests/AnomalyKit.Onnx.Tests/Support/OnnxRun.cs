using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AnomalyKit.Onnx.Tests.Support;

/// <summary>An exported model in ONNX Runtime, on one thread.</summary>
internal sealed class OnnxRun : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OnnxModel _model;

    public OnnxRun(OnnxModel model)
    {
        _model = model;
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _session = new InferenceSession(model.ToArray(), options);
    }

    public IReadOnlyDictionary<string, string> Metadata => _session.ModelMetadata.CustomMetadataMap;

    /// <summary>Runs rows of a matrix.</summary>
    public OnnxAnswer Run(float[] values, int columns)
    {
        var input = _model.Inputs[0];
        var shape = new[] { values.Length / columns, columns };
        return Run(input.ElementType == OnnxElementType.DoublePrecision
            ? NamedOnnxValue.CreateFromTensor(input.Name, new DenseTensor<double>(Array.ConvertAll(values, value => (double)value), shape))
            : NamedOnnxValue.CreateFromTensor(input.Name, new DenseTensor<float>(values, shape)));
    }

    /// <summary>Runs rows of a matrix of doubles.</summary>
    public OnnxAnswer Run(double[] values, int columns) =>
        Run(NamedOnnxValue.CreateFromTensor(_model.Inputs[0].Name, new DenseTensor<double>(values, new[] { values.Length / columns, columns })));

    public OnnxAnswer Run(params IReadOnlyCollection<NamedOnnxValue> inputs)
    {
        using var results = _session.Run(inputs);
        var byName = results.ToDictionary(result => result.Name);
        string prefix = _model.Outputs[0].Name[..^"score".Length];
        return new OnnxAnswer(
            Read<float>("score")!, Read<bool>("label")!, Read<double>("p_value"), Read<double>("calibrated_score"), Read<float>("member_scores"));

        T[]? Read<T>(string name)
        {
            if (!byName.TryGetValue(prefix + name, out var result))
                return null;
            var tensor = result.AsTensor<T>();
            Assert.Equal(2, tensor.Rank);
            return [.. tensor];
        }
    }

    public static NamedOnnxValue Column<T>(string name, params T[] values) => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<T>(values, new[] { values.Length, 1 }));

    public void Dispose() => _session.Dispose();
}
