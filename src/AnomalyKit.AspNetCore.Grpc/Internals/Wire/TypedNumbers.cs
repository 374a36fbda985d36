using System.Globalization;
using AnomalyKit.Serving.Protocol;

namespace AnomalyKit.Serving.Wire;

/// <summary>Numbers of messages as values of a datatype.</summary>
internal static class TypedNumbers
{
    /// <summary>Reads a number.</summary>
    /// <exception cref="Errors.RequestException">The datatype has no such value.</exception>
    public static double Read(InputTensor input, int index, ulong bits)
    {
        // Negative numbers are written as 64 bits, whatever their type; unsigned ones are cut to their type by all readers.
        long whole = (long)bits;
        switch (input.Type)
        {
            case TensorType.Bool:
                return bits == 0 ? 0 : 1;
            case TensorType.UInt64:
                return bits;
            case TensorType.Int64:
                return whole;
            case TensorType.UInt8 or TensorType.UInt16 or TensorType.UInt32:
                whole = (uint)bits;
                break;
            default:
                whole = (int)bits;
                break;
        }

        return ElementNumbers.IsOf(input.Type, whole)
            ? whole
            : throw input.WrongElement(index, string.Create(CultureInfo.InvariantCulture, $"{whole} is not of datatype {input.Type.Name()}. Give a whole number within its range"));
    }
}
