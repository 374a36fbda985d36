using System.Text.Json;
using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Numbers;

namespace AnomalyKit.Serving.Protocol;

/// <summary>Numbers of JSON as values of a datatype: what binary data of that type would hold.</summary>
internal static class ElementNumbers
{
    /// <summary>Reads the number that the reader stands at.</summary>
    /// <exception cref="RequestException">The datatype has no such value.</exception>
    public static double Read(InputTensor input, long index, ref Utf8JsonReader reader)
    {
        double value = input.Type switch
        {
            TensorType.FP64 => JsonNumber.TryGet(ref reader, out double real) ? real : double.NaN,
            TensorType.FP32 => reader.GetSingle(),
            TensorType.FP16 => (double)(Half)reader.GetDouble(),
            TensorType.UInt64 => reader.TryGetUInt64(out ulong whole) ? whole : double.NaN,
            TensorType.Int64 => reader.TryGetInt64(out long whole) ? whole : double.NaN,
            _ => reader.TryGetInt64(out long whole) && IsOf(input.Type, whole) ? whole : double.NaN,
        };
        return double.IsFinite(value) ? value : throw input.WrongElement(index, $"{Quoted.Text(reader.ValueSpan)} is not of datatype {input.Type.Name()}. {Expected(input.Type)}");
    }

    public static bool IsOf(TensorType type, long whole) => type switch
    {
        TensorType.Bool => whole is 0 or 1,
        TensorType.UInt8 => whole is >= byte.MinValue and <= byte.MaxValue,
        TensorType.UInt16 => whole is >= ushort.MinValue and <= ushort.MaxValue,
        TensorType.UInt32 => whole is >= uint.MinValue and <= uint.MaxValue,
        TensorType.Int8 => whole is >= sbyte.MinValue and <= sbyte.MaxValue,
        TensorType.Int16 => whole is >= short.MinValue and <= short.MaxValue,
        _ => whole is >= int.MinValue and <= int.MaxValue,
    };

    private static string Expected(TensorType type) => type switch
    {
        TensorType.Bool => "Give true or false",
        _ when type.IsReal() => "Its range ends before; use FP64, or a smaller number",
        _ => "Give a whole number within its range, or use FP64",
    };
}
