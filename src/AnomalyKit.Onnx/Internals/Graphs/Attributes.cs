using AnomalyKit.Onnx.Protocol;
using Google.Protobuf;
using static AnomalyKit.Onnx.Protocol.AttributeProto.Types;

namespace AnomalyKit.Onnx.Graphs;

/// <summary>Constant arguments of operators.</summary>
internal static class Attributes
{
    public static AttributeProto Number(string name, long value) => new() { Name = name, I = value, Type = AttributeType.Int };

    public static AttributeProto Text(string name, string value) => new() { Name = name, S = ByteString.CopyFromUtf8(value), Type = AttributeType.String };

    public static AttributeProto Numbers(string name, params ReadOnlySpan<long> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeType.Ints };
        foreach (long value in values)
            attribute.Ints.Add(value);
        return attribute;
    }

    public static AttributeProto Numbers(string name, ReadOnlySpan<float> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeType.Floats };
        foreach (float value in values)
            attribute.Floats.Add(value);
        return attribute;
    }

    public static AttributeProto Texts(string name, IEnumerable<string> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeType.Strings };
        attribute.Strings.AddRange(values.Select(ByteString.CopyFromUtf8));
        return attribute;
    }

    public static AttributeProto Tensor(string name, TensorProto value) => new() { Name = name, T = value, Type = AttributeType.Tensor };

    public static AttributeProto Graph(string name, GraphProto value) => new() { Name = name, G = value, Type = AttributeType.Graph };
}
