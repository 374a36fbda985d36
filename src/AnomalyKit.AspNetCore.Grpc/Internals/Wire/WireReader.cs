using System.Text;
using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Wire;

/// <summary>Walks the fields of a message of Protocol Buffers in place. Nothing is allocated for what the message says there is.</summary>
internal struct WireReader(ReadOnlyMemory<byte> message)
{
    private const int TypeBits = 3;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private int _position;

    /// <summary>The number of the field that the reader stands at.</summary>
    public int Field { get; private set; }

    /// <summary>How it is written.</summary>
    public WireType Type { get; private set; }

    /// <summary>Whether the message has ended.</summary>
    public readonly bool IsAtEnd => _position == message.Length;

    /// <summary>Goes to the next field. The one before must have been read or skipped.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Next()
    {
        if (IsAtEnd)
            return false;
        ulong tag = Varint();
        Type = (WireType)(tag & ((1 << TypeBits) - 1));
        if (tag is 0 or > uint.MaxValue || tag >> TypeBits == 0 || Type is not (WireType.Varint or WireType.Fixed64 or WireType.Bytes or WireType.Fixed32))
            throw Malformed("there is no such field");
        Field = (int)(tag >> TypeBits);
        return true;
    }

    public ulong Varint()
    {
        var bytes = message.Span;
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (_position == bytes.Length)
                throw Malformed("it ends within a number");
            byte part = bytes[_position++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }

        throw Malformed("a number is longer than ten bytes");
    }

    /// <summary>The bytes of a field of bytes, a text, a message or packed numbers.</summary>
    public ReadOnlyMemory<byte> Bytes()
    {
        Expect(WireType.Bytes);
        ulong length = Varint();
        return length <= (ulong)(message.Length - _position) ? Take((int)length) : throw Malformed("a length leads past its end");
    }

    public string Text()
    {
        try
        {
            return Strict.GetString(Bytes().Span);
        }
        catch (DecoderFallbackException)
        {
            throw Malformed($"the text of field {Field} is not UTF-8");
        }
    }

    /// <summary>A field that is one number of a fixed size.</summary>
    public ReadOnlyMemory<byte> Fixed(int size) => size <= message.Length - _position ? Take(size) : throw Malformed("it ends within a number");

    public void Skip()
    {
        switch (Type)
        {
            case WireType.Varint:
                Varint();
                break;
            case WireType.Fixed64:
                Fixed(sizeof(ulong));
                break;
            case WireType.Fixed32:
                Fixed(sizeof(uint));
                break;
            default:
                Bytes();
                break;
        }
    }

    public readonly void Expect(WireType type)
    {
        if (Type != type)
            throw Malformed($"field {Field} is written as another type");
    }

    private ReadOnlyMemory<byte> Take(int length)
    {
        var bytes = message.Slice(_position, length);
        _position += length;
        return bytes;
    }

    private readonly RequestException Malformed(string problem) => RequestException.Invalid(
        $"The message is not a ModelInferRequest: at byte {_position} of {message.Length}, {problem}. Write it with the published open_inference_grpc.proto.");
}
