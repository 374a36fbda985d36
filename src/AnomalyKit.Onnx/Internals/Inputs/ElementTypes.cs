using AnomalyKit.Onnx.Graphs;

namespace AnomalyKit.Onnx.Inputs;

/// <summary>The format's names for types of elements.</summary>
internal static class ElementTypes
{
    public static ElementType Of(OnnxElementType type) => type switch
    {
        OnnxElementType.DoublePrecision => ElementType.Double,
        OnnxElementType.WholeNumber => ElementType.Int64,
        OnnxElementType.Text => ElementType.Text,
        OnnxElementType.Boolean => ElementType.Boolean,
        _ => ElementType.Single,
    };
}
