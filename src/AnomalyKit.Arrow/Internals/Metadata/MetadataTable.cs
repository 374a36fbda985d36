using System.Buffers.Binary;

namespace AnomalyKit.Arrow.Metadata;

/// <summary>A table of FlatBuffers, the encoding of Arrow's metadata. Places outside the bytes are refused.</summary>
internal readonly ref struct MetadataTable
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _at;
    private readonly int _slots;
    private readonly int _slotBytes;

    /// <summary>Looks at the table at a place.</summary>
    public MetadataTable(ReadOnlySpan<byte> bytes, int at)
    {
        _bytes = bytes;
        _at = at;
        _slots = checked(at - Int32(at));
        _slotBytes = UInt16(_slots);
    }

    /// <summary>The table that the bytes begin with.</summary>
    public static MetadataTable Root(ReadOnlySpan<byte> bytes) => new(bytes, bytes.Length >= 4 ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : throw Damage());

    /// <summary>A small number; 0 where the table has none.</summary>
    public byte Small(int slot) => Place(slot) is > 0 and var place ? Slice(place, 1)[0] : (byte)0;

    /// <summary>A table within; <see langword="false"/> where there is none.</summary>
    public bool TryTable(int slot, out MetadataTable table)
    {
        int place = Place(slot);
        table = place == 0 ? default : Follow(place);
        return place != 0;
    }

    /// <summary>The number of elements of a vector, which has bytes for all of them; 0 where there is none.</summary>
    public int Count(int slot, int elementBytes) => Vector(slot, elementBytes, out _);

    /// <summary>A table in a vector.</summary>
    public MetadataTable Element(int slot, int index)
    {
        _ = Vector(slot, 4, out int start);
        return Follow(start + (index * 4));
    }

    /// <summary>A number in a vector of 64-bit numbers.</summary>
    public long Long(int slot, int index)
    {
        _ = Vector(slot, 8, out int start);
        return BinaryPrimitives.ReadInt64LittleEndian(Slice(start + (index * 8), 8));
    }

    private int Vector(int slot, int elementBytes, out int start)
    {
        start = 0;
        int place = Place(slot);
        if (place == 0)
            return 0;
        int vector = Target(place);
        int count = Int32(vector);
        start = checked(vector + 4);
        if (count < 0 || (long)count * elementBytes > _bytes.Length - start)
            throw new InvalidDataException($"its metadata claims {count} elements in {_bytes.Length} bytes");
        return count;
    }

    private MetadataTable Follow(int place) => new(_bytes, Target(place));

    // What is pointed to lies behind: circles are impossible then.
    private int Target(int place)
    {
        int offset = Int32(place);
        return offset > 0 ? checked(place + offset) : throw Damage();
    }

    private int Place(int slot)
    {
        int offset = 4 + (2 * slot);
        int relative = offset + 2 <= _slotBytes ? UInt16(checked(_slots + offset)) : 0;
        return relative == 0 ? 0 : checked(_at + relative);
    }

    private int Int32(int place) => BinaryPrimitives.ReadInt32LittleEndian(Slice(place, 4));

    private int UInt16(int place) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(place, 2));

    private ReadOnlySpan<byte> Slice(int place, int count) => place >= 0 && place <= _bytes.Length - count ? _bytes.Slice(place, count) : throw Damage();

    private static InvalidDataException Damage() => new("its metadata points outside itself");
}
