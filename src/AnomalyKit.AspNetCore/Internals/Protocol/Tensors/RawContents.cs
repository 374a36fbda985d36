using System.Buffers.Binary;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace AnomalyKit.Serving.Protocol;

/// <summary>Elements as bytes, little-endian and without gaps: of the binary extension, and of gRPC.</summary>
internal sealed class RawContents(ReadOnlyMemory<byte> bytes) : TensorContents
{
    /// <inheritdoc/>
    public override void Check(InputTensor input)
    {
        if (input.Type == TensorType.Bytes)
        {
            CheckWords(input);
            return;
        }

        long expected = input.Shape.ElementCount * input.Type.Size();
        if (bytes.Length != expected)
            throw input.WrongCount($"that takes {expected} bytes, and there are {bytes.Length}");
    }

    /// <inheritdoc/>
    public override void ReadNumbers(InputTensor input, Span<double> cells)
    {
        var data = bytes.Span;
        switch (input.Type)
        {
            case TensorType.FP64:
                MemoryMarshal.Cast<byte, double>(data).CopyTo(cells);
                break;
            case TensorType.FP32:
                Widen<float>(data, cells);
                break;
            case TensorType.FP16:
                Widen<Half>(data, cells);
                break;
            case TensorType.Int8:
                Widen<sbyte>(data, cells);
                break;
            case TensorType.Int16:
                Widen<short>(data, cells);
                break;
            case TensorType.Int32:
                Widen<int>(data, cells);
                break;
            case TensorType.Int64:
                Widen<long>(data, cells);
                break;
            case TensorType.UInt8:
                Widen<byte>(data, cells);
                break;
            case TensorType.UInt16:
                Widen<ushort>(data, cells);
                break;
            case TensorType.UInt32:
                Widen<uint>(data, cells);
                break;
            case TensorType.UInt64:
                Widen<ulong>(data, cells);
                break;
            default:
                ReadBooleans(input, data, cells);
                break;
        }
    }

    /// <inheritdoc/>
    public override void ReadWords(InputTensor input, WordBuffer words)
    {
        var data = bytes.Span;
        while (!data.IsEmpty)
        {
            int length = (int)BinaryPrimitives.ReadUInt32LittleEndian(data);
            words.Add(data.Slice(TensorTypes.LengthBytes, length));
            data = data[(TensorTypes.LengthBytes + length)..];
        }
    }

    /// <summary>Follows the lengths from text to text: their number and the last end must be right.</summary>
    private void CheckWords(InputTensor input)
    {
        var data = bytes.Span;
        long expected = input.Shape.ElementCount;
        if (data.Length < expected * TensorTypes.LengthBytes)
            throw input.WrongCount($"each takes {TensorTypes.LengthBytes} bytes of length and its text, and there are {data.Length} bytes");
        for (long element = 0; element < expected; element++)
        {
            if (data.Length < TensorTypes.LengthBytes)
                throw input.WrongCount($"the bytes end in the length of element {element}");
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(data);
            data = data[TensorTypes.LengthBytes..];
            if (length > (uint)data.Length)
                throw input.WrongElement(element, $"the text is {length} bytes long, and {data.Length} bytes follow. Write each text as its length (4 bytes, little-endian) and its UTF-8 bytes");
            data = data[(int)length..];
        }

        if (!data.IsEmpty)
            throw input.WrongCount($"{data.Length} bytes are left over");
    }

    public static void Widen<T>(ReadOnlySpan<byte> data, Span<double> cells)
        where T : unmanaged, INumberBase<T> => TensorPrimitives.ConvertTruncating<T, double>(MemoryMarshal.Cast<byte, T>(data), cells);

    private static void ReadBooleans(InputTensor input, ReadOnlySpan<byte> data, Span<double> cells)
    {
        int odd = data.IndexOfAnyExceptInRange((byte)0, (byte)1);
        if (odd >= 0)
            throw input.WrongElement(odd, $"the byte {data[odd]} is not of datatype BOOL. Send 0 or 1");
        Widen<byte>(data, cells);
    }
}
