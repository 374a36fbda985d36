using AnomalyKit.Onnx.Graphs;

namespace AnomalyKit.Onnx.Inputs;

/// <summary>The inputs of a file, before there is a graph: their names are checked first.</summary>
/// <param name="Tensors">The inputs in order.</param>
/// <param name="Columns">The names of the columns.</param>
/// <param name="IsMatrix">Whether all columns are in one input.</param>
internal sealed record InputPlan(IReadOnlyList<OnnxTensor> Tensors, IReadOnlyList<string> Columns, bool IsMatrix)
{
    /// <summary>The inputs of a detector whose columns are numbers.</summary>
    public static InputPlan OfNumbers(IReadOnlyList<string> columns, bool hasOffsets, OnnxOptions options)
    {
        var type = NumberType(hasOffsets, options);
        return options.InputForm != OnnxInputForm.Columns
            ? new InputPlan([new OnnxTensor(options.InputName, type, columns.Count)], columns, true)
            : new InputPlan([.. columns.Select(name => new OnnxTensor(name, type, 1))], columns, false);
    }

    /// <summary>The type of numbers.</summary>
    public static OnnxElementType NumberType(bool hasOffsets, OnnxOptions options) =>
        options.NumberType == OnnxNumberType.DoublePrecision || (options.NumberType == OnnxNumberType.Automatic && hasOffsets) ? OnnxElementType.DoublePrecision : OnnxElementType.SinglePrecision;

    /// <summary>Declares the inputs in a graph.</summary>
    /// <returns>For each column, or for all in one, what the call hands over.</returns>
    public Value[] Declare(GraphBuilder graph) =>
        [.. Tensors.Select(tensor => graph.Input(tensor.Name, ElementTypes.Of(tensor.ElementType), GraphBuilder.Rows, tensor.ColumnCount))];
}
