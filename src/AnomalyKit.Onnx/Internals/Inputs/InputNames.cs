namespace AnomalyKit.Onnx.Inputs;

/// <summary>Names that a file can have.</summary>
internal static class InputNames
{
    /// <summary>Checks the names of inputs and outputs.</summary>
    /// <returns>All of them.</returns>
    /// <exception cref="OnnxExportException">Two are the same, or one cannot be handed to a runtime.</exception>
    public static IReadOnlySet<string> Check(IReadOnlyList<OnnxTensor> inputs, IReadOnlyList<OnnxTensor> outputs)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tensor in inputs)
        {
            if (tensor.Name.Contains('\0', StringComparison.Ordinal))
                throw new OnnxExportException($"The name of column '{tensor.Name.Replace('\0', '?')}' holds a character of code 0, at which runtimes end names. Use OnnxInputForm.Matrix, or rename the column.");
            if (!names.Add(tensor.Name))
                throw new OnnxExportException($"Two inputs would be called '{tensor.Name}'. Use OnnxInputForm.Matrix, or rename a column.");
        }

        foreach (var tensor in outputs)
        {
            if (!names.Add(tensor.Name))
                throw new OnnxExportException($"An input and an output would be called '{tensor.Name}'. Set OutputPrefix, which outputs' names begin with, or use OnnxInputForm.Matrix.");
        }

        return names;
    }
}
