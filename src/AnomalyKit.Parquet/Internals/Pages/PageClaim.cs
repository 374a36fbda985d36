namespace AnomalyKit.Parquet.Pages;

/// <summary>What the header of a page says of its size.</summary>
/// <param name="HeaderLength">The bytes of the header itself.</param>
/// <param name="Compressed">The bytes that follow it.</param>
/// <param name="Uncompressed">The bytes that they become.</param>
/// <param name="DictionaryWords">The number of words, where the page is a dictionary; else 0.</param>
internal readonly record struct PageClaim(int HeaderLength, long Compressed, long Uncompressed, long DictionaryWords)
{
    public static PageClaim Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new CompactReader(bytes);
        long compressed = 0;
        long uncompressed = 0;
        long words = 0;
        int number = 0;
        for (int type = reader.Field(ref number); type != CompactReader.Stop; type = reader.Field(ref number))
        {
            if (number == 2)
                uncompressed = reader.Integer();
            else if (number == 3)
                compressed = reader.Integer();
            else if (number == 7 && type == CompactReader.Struct)
                words = Words(ref reader);
            else
                reader.Skip(type);
        }

        return new PageClaim(reader.Position, compressed, uncompressed, words);
    }

    private static long Words(ref CompactReader reader)
    {
        long words = 0;
        int number = 0;
        for (int type = reader.Field(ref number); type != CompactReader.Stop; type = reader.Field(ref number))
        {
            if (number == 1)
                words = reader.Integer();
            else
                reader.Skip(type);
        }

        return words;
    }
}
