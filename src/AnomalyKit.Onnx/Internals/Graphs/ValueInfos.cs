using AnomalyKit.Onnx.Protocol;

namespace AnomalyKit.Onnx.Graphs;

/// <summary>Declarations of inputs and outputs.</summary>
internal static class ValueInfos
{
    public static ValueInfoProto Of(string name, ElementType type, string? rows, long columns)
    {
        var shape = new TensorShapeProto();
        if (rows is not null)
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = rows });
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = columns });
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } } };
    }

    public static ValueInfoProto OfAnyShape(string name, ElementType type) =>
        new() { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type } } };
}
