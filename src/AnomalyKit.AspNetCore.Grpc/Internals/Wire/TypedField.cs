using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Protocol;

namespace AnomalyKit.Serving.Wire;

/// <summary>The field of InferTensorContents that holds the elements of a datatype.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">How one element is written.</param>
/// <param name="ElementSize">The bytes of an element; 0 where they differ.</param>
internal readonly record struct TypedField(int Number, string Name, WireType Type, int ElementSize)
{
    /// <summary>Finds the field.</summary>
    /// <exception cref="RequestException">The datatype has none.</exception>
    public static TypedField Of(InputTensor input) => input.Type switch
    {
        TensorType.Bool => new(1, "bool_contents", WireType.Varint, 0),
        TensorType.Int8 or TensorType.Int16 or TensorType.Int32 => new(2, "int_contents", WireType.Varint, 0),
        TensorType.Int64 => new(3, "int64_contents", WireType.Varint, 0),
        TensorType.UInt8 or TensorType.UInt16 or TensorType.UInt32 => new(4, "uint_contents", WireType.Varint, 0),
        TensorType.UInt64 => new(5, "uint64_contents", WireType.Varint, 0),
        TensorType.FP32 => new(6, "fp32_contents", WireType.Fixed32, sizeof(float)),
        TensorType.FP64 => new(7, "fp64_contents", WireType.Fixed64, sizeof(double)),
        TensorType.Bytes => new(8, "bytes_contents", WireType.Bytes, 0),
        _ => throw RequestException.Invalid($"Input '{Quoted.Text(input.Name)}' is of {input.Type.Name()}, for which contents have no field. Send it in raw_input_contents."),
    };
}
