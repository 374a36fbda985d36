using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Protocol;

/// <summary>Names and sizes of the datatypes.</summary>
internal static class TensorTypes
{
    /// <summary>What stands before a text in binary data.</summary>
    public const int LengthBytes = sizeof(uint);

    private static readonly string[] Names = ["BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16", "FP32", "FP64", "BYTES"];

    /// <summary>The name that the protocol has for it.</summary>
    public static string Name(this TensorType type) => Names[(int)type];

    /// <summary>Whether its values can be the cells of a column of numbers.</summary>
    public static bool IsNumber(this TensorType type) => type != TensorType.Bytes;

    /// <summary>Whether it has fractions, and NaN.</summary>
    public static bool IsReal(this TensorType type) => type is TensorType.FP16 or TensorType.FP32 or TensorType.FP64;

    /// <summary>The bytes of a value; 0 for texts, which have none in common.</summary>
    public static int Size(this TensorType type) => type switch
    {
        TensorType.Bool or TensorType.UInt8 or TensorType.Int8 => 1,
        TensorType.UInt16 or TensorType.Int16 or TensorType.FP16 => 2,
        TensorType.UInt32 or TensorType.Int32 or TensorType.FP32 => 4,
        TensorType.UInt64 or TensorType.Int64 or TensorType.FP64 => 8,
        _ => 0,
    };

    /// <summary>Reads a name.</summary>
    /// <exception cref="RequestException">There is no such datatype.</exception>
    public static TensorType Parse(string input, string name)
    {
        int index = Array.IndexOf(Names, name);
        return index >= 0
            ? (TensorType)index
            : throw RequestException.Invalid($"Input '{Quoted.Text(input)}': '{Quoted.Text(name)}' is not a datatype. Use one of {string.Join(", ", Names)}.");
    }
}
