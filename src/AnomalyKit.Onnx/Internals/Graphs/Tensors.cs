using System.Runtime.InteropServices;
using AnomalyKit.Onnx.Protocol;
using Google.Protobuf;

namespace AnomalyKit.Onnx.Graphs;

/// <summary>Constant arrays as the format keeps them: little-endian, row-major.</summary>
internal static class Tensors
{
    public static TensorProto Of(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) => Raw(name, ElementType.Single, Bytes(values), shape);

    public static TensorProto Of(string name, ReadOnlySpan<double> values, params ReadOnlySpan<long> shape) => Raw(name, ElementType.Double, Bytes(values), shape);

    public static TensorProto Of(string name, ReadOnlySpan<long> values, params ReadOnlySpan<long> shape) => Raw(name, ElementType.Int64, Bytes(values), shape);

    private static TensorProto Raw(string name, ElementType type, byte[] bytes, ReadOnlySpan<long> shape)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = UnsafeByteOperations.UnsafeWrap(bytes) };
        foreach (long length in shape)
            tensor.Dims.Add(length);
        return tensor;
    }

    private static byte[] Bytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        byte[] bytes = MemoryMarshal.AsBytes(values).ToArray();
        if (!BitConverter.IsLittleEndian)
            Reverse(bytes, Marshal.SizeOf<T>());
        return bytes;
    }

    private static void Reverse(Span<byte> bytes, int width)
    {
        for (int at = 0; at < bytes.Length; at += width)
            bytes.Slice(at, width).Reverse();
    }
}
