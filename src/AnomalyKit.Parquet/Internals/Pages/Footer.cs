using System.Buffers.Binary;
using AnomalyKit.Parquet.Files;

namespace AnomalyKit.Parquet.Pages;

/// <summary>The part of a file's footer that says where column chunks lie, which the library underneath does not tell.</summary>
internal static class Footer
{
    private const int TailLength = 8;

    /// <summary>The places of all chunks: by row group, then by leaf column.</summary>
    /// <exception cref="InvalidDataException">This is not a Parquet file, or it is damaged.</exception>
    public static ChunkPlace[][] Read(SourceStream stream)
    {
        Span<byte> tail = stackalloc byte[TailLength];
        if (stream.Length < TailLength + 4)
            throw new InvalidDataException($"it has {stream.Length} bytes, too few for a Parquet file");
        stream.ReadAt(stream.Length - TailLength, tail);
        if (tail[4..].SequenceEqual("PARE"u8))
            throw new InvalidDataException("it is encrypted");
        if (!tail[4..].SequenceEqual("PAR1"u8))
            throw new InvalidDataException("it does not end as a Parquet file does (PAR1)");
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (length > stream.Length - TailLength - 4)
            throw new InvalidDataException($"its footer claims {length} bytes, more than the file has");
        byte[] footer = new byte[length];
        stream.ReadAt(stream.Length - TailLength - length, footer);
        var reader = new CompactReader(footer);
        ChunkPlace[][] places = [];
        int number = 0;
        for (int type = reader.Field(ref number); type != CompactReader.Stop; type = reader.Field(ref number))
        {
            if (number == 4 && type == CompactReader.List)
                places = RowGroups(ref reader);
            else
                reader.Skip(type);
        }

        return places;
    }

    private static ChunkPlace[][] RowGroups(ref CompactReader reader)
    {
        var groups = new ChunkPlace[reader.ListOf(out _)][];
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i] = [];
            int number = 0;
            for (int type = reader.Field(ref number); type != CompactReader.Stop; type = reader.Field(ref number))
            {
                if (number == 1 && type == CompactReader.List)
                    groups[i] = Chunks(ref reader);
                else
                    reader.Skip(type);
            }
        }

        return groups;
    }

    private static ChunkPlace[] Chunks(ref CompactReader reader)
    {
        var chunks = new ChunkPlace[reader.ListOf(out _)];
        for (int i = 0; i < chunks.Length; i++)
        {
            int number = 0;
            for (int type = reader.Field(ref number); type != CompactReader.Stop; type = reader.Field(ref number))
            {
                if (number == 3 && type == CompactReader.Struct)
                    chunks[i] = Chunk(ref reader);
                else
                    reader.Skip(type);
            }
        }

        return chunks;
    }

    private static ChunkPlace Chunk(ref CompactReader reader)
    {
        long length = 0;
        long data = 0;
        long dictionary = 0;
        int codec = 0;
        int number = 0;
        for (int type = reader.Field(ref number); type != CompactReader.Stop; type = reader.Field(ref number))
        {
            switch (number)
            {
                case 4:
                    codec = (int)reader.Integer();
                    break;
                case 7:
                    length = reader.Integer();
                    break;
                case 9:
                    data = reader.Integer();
                    break;
                case 11:
                    dictionary = reader.Integer();
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return new ChunkPlace(dictionary > 0 && dictionary < data ? dictionary : data, length, codec);
    }
}
