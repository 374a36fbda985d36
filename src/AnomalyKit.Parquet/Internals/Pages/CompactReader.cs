
namespace AnomalyKit.Parquet.Pages;

/// <summary>Reads the compact encoding of Thrift, in which Parquet keeps its metadata; what is not wanted is skipped.</summary>
internal ref struct CompactReader(ReadOnlySpan<byte> bytes)
{
    public const int Stop = 0;
    public const int List = 9;
    public const int Struct = 12;
    private const int MaxDepth = 32;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The number of bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>The next field of a structure: its type (<see cref="Stop"/> at the end), and its number after the last one's.</summary>
    public int Field(ref int number)
    {
        int header = Byte();
        int type = header & 15;
        if (type == Stop)
            return Stop;
        number = header >> 4 == 0 ? checked((int)Integer()) : number + (header >> 4);
        return type;
    }

    /// <summary>A whole number of any width.</summary>
    public long Integer()
    {
        ulong raw = Varint();
        return (long)(raw >> 1) ^ -(long)(raw & 1);
    }

    /// <summary>The number of elements of a list, and their type.</summary>
    public int ListOf(out int type)
    {
        int header = Byte();
        type = header & 15;
        ulong count = header >> 4 == 15 ? Varint() : (ulong)(header >> 4);
        // An element takes a byte at least.
        if (count > (ulong)(_bytes.Length - Position))
            throw new InvalidDataException($"a list of {count} elements in {_bytes.Length - Position} bytes");
        return (int)count;
    }

    /// <summary>Passes over a value.</summary>
    public void Skip(int type, int depth = 0)
    {
        if (depth > MaxDepth)
            throw new InvalidDataException("structures in structures without end");
        switch (type)
        {
            case 1 or 2:
                break;
            case 3:
                _ = Byte();
                break;
            case 4 or 5 or 6:
                _ = Varint();
                break;
            case 7:
                Advance(8);
                break;
            case 8:
                Advance(Varint());
                break;
            case List or 10:
                int count = ListOf(out int elements);
                for (int i = 0; i < count; i++)
                    SkipElement(elements, depth + 1);
                break;
            case 11:
                SkipMap(depth);
                break;
            case Struct:
                int number = 0;
                for (int field = Field(ref number); field != Stop; field = Field(ref number))
                    Skip(field, depth + 1);
                break;
            default:
                throw new InvalidDataException($"the type {type}, which there is not");
        }
    }

    // Booleans of a structure lie in the field's header; those of a list take a byte.
    private void SkipElement(int type, int depth)
    {
        if (type is 1 or 2)
            _ = Byte();
        else
            Skip(type, depth);
    }

    private void SkipMap(int depth)
    {
        ulong count = Varint();
        if (count == 0)
            return;
        if (count > (ulong)(_bytes.Length - Position))
            throw new InvalidDataException($"a map of {count} elements in {_bytes.Length - Position} bytes");
        int types = Byte();
        for (ulong i = 0; i < count; i++)
        {
            SkipElement(types >> 4, depth + 1);
            SkipElement(types & 15, depth + 1);
        }
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            int next = Byte();
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
                return value;
        }

        throw new InvalidDataException("a number of more than ten bytes");
    }

    private int Byte()
    {
        if (Position >= _bytes.Length)
            throw new EndOfStreamException("the metadata ends in the middle");
        return _bytes[Position++];
    }

    private void Advance(ulong count)
    {
        if (count > (ulong)(_bytes.Length - Position))
            throw new EndOfStreamException("the metadata ends in the middle");
        Position += (int)count;
    }
}
