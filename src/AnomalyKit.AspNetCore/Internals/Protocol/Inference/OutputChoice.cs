using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Protocol;

/// <summary>Which outputs a model has, and which it gives.</summary>
internal static class OutputChoice
{
    private static readonly RequestedOutput[] Plain = [new(OutputName.Score, null), new(OutputName.Label, null)];
    private static readonly RequestedOutput[] Calibrated = [.. Plain, new(OutputName.PValue, null)];

    /// <summary>What a request that names no outputs gets.</summary>
    public static IReadOnlyList<RequestedOutput> Default(ServedModel model) => model.HasPValues ? Calibrated : Plain;

    /// <summary>What a request gets.</summary>
    /// <exception cref="RequestException">It asks for what the model cannot give.</exception>
    public static IReadOnlyList<RequestedOutput> Of(InferRequest request, ServedModel model)
    {
        if (request.Outputs.Count == 0)
            return Default(model);
        foreach (var output in request.Outputs)
        {
            if (output.Name == OutputName.PValue && !model.HasPValues)
                throw RequestException.Invalid($"Model '{model}' has no output 'p_value': its scores are not calibrated. Ask for score and label.");
            if (output.Name == OutputName.Contributions && ModelAttributors.Find(model, out string? problem) is null)
                throw RequestException.Invalid($"Model '{model}' has no output 'contributions': {problem}");
        }

        return request.Outputs;
    }
}
