using AnomalyKit.Onnx.Protocol;

namespace AnomalyKit.Onnx.Graphs;

/// <summary>What the elements of a value are.</summary>
internal enum ElementType
{
    Single = TensorProto.Types.DataType.Float,
    Int64 = TensorProto.Types.DataType.Int64,
    Text = TensorProto.Types.DataType.String,
    Boolean = TensorProto.Types.DataType.Bool,
    Double = TensorProto.Types.DataType.Double,
}
