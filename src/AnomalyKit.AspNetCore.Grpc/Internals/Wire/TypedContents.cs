using System.Runtime.InteropServices;
using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Protocol;

namespace AnomalyKit.Serving.Wire;

/// <summary>Elements in the fields of an InferTensorContents.</summary>
/// <param name="message">The message.</param>
internal sealed class TypedContents(ReadOnlyMemory<byte> message) : TensorContents
{
    private const int BytesField = 8;

    /// <inheritdoc/>
    public override void Check(InputTensor input)
    {
        var field = TypedField.Of(input);
        long count = 0;
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field is < 1 or > BytesField)
                reader.Skip();
            else if (reader.Field != field.Number)
                throw RequestException.Invalid($"Input '{Quoted.Text(input.Name)}' is of {input.Type.Name()}, and its contents have field {reader.Field}. {input.Type.Name()} goes into {field.Name}.");
            else
                count += Count(ref reader, field, input);
        }

        if (count != input.Shape.ElementCount)
            throw input.WrongCount($"{field.Name} has {count}");
    }

    /// <inheritdoc/>
    public override void ReadNumbers(InputTensor input, Span<double> cells)
    {
        var field = TypedField.Of(input);
        var reader = new WireReader(message);
        int at = 0;
        while (reader.Next())
        {
            if (reader.Field != field.Number)
                reader.Skip();
            else if (field.ElementSize > 0)
                at += CopyFixed(reader.Type == WireType.Bytes ? reader.Bytes() : reader.Fixed(field.ElementSize), field, cells[at..]);
            else if (reader.Type == WireType.Varint)
                cells[at] = TypedNumbers.Read(input, at++, reader.Varint());
            else
                at = ReadPacked(input, reader.Bytes(), cells, at);
        }
    }

    /// <inheritdoc/>
    public override void ReadWords(InputTensor input, WordBuffer words)
    {
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == BytesField)
                words.Add(reader.Bytes().Span);
            else
                reader.Skip();
        }
    }

    private static long Count(ref WireReader reader, TypedField field, InputTensor input)
    {
        if (reader.Type != WireType.Bytes)
        {
            if (reader.Type != field.Type)
                throw RequestException.Invalid($"Input '{Quoted.Text(input.Name)}': {field.Name} is written as another type. Write it with the published open_inference_grpc.proto.");
            reader.Skip();
            return 1;
        }

        var bytes = reader.Bytes().Span;
        if (field.Number == BytesField)
            return 1;
        if (field.ElementSize > 0)
        {
            return bytes.Length % field.ElementSize == 0
                ? bytes.Length / field.ElementSize
                : throw input.WrongCount($"{field.Name} takes {field.ElementSize} bytes per element and has {bytes.Length}");
        }

        // Each number ends with a byte below 128, the last one too.
        if (bytes is [.., >= 0x80])
            throw input.WrongCount($"{field.Name} ends within a number");
        long count = 0;
        foreach (byte part in bytes)
            count += part < 0x80 ? 1 : 0;
        return count;
    }

    private static int CopyFixed(ReadOnlyMemory<byte> bytes, TypedField field, Span<double> cells)
    {
        int count = bytes.Length / field.ElementSize;
        if (field.ElementSize == sizeof(double))
            MemoryMarshal.Cast<byte, double>(bytes.Span).CopyTo(cells);
        else
            RawContents.Widen<float>(bytes.Span, cells[..count]);
        return count;
    }

    private static int ReadPacked(InputTensor input, ReadOnlyMemory<byte> bytes, Span<double> cells, int at)
    {
        var packed = new WireReader(bytes);
        while (!packed.IsAtEnd)
            cells[at] = TypedNumbers.Read(input, at++, packed.Varint());
        return at;
    }
}
