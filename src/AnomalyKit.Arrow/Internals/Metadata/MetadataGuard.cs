namespace AnomalyKit.Arrow.Metadata;

/// <summary>
/// Looks at the metadata before the library underneath does: it makes lists as long as a vector claims, and goes as deep as fields are nested. A file of a few kilobytes can claim gigabytes.
/// Slots are those of Arrow's Message.fbs, Schema.fbs and File.fbs.
/// </summary>
internal static class MetadataGuard
{
    private const int MaxDepth = 64;
    private const byte SchemaHeader = 1;
    private const byte DictionaryHeader = 2;
    private const byte BatchHeader = 3;
    private const byte UnionType = 14;

    /// <exception cref="InvalidDataException">The metadata claims what its bytes cannot hold.</exception>
    public static void CheckMessage(ReadOnlySpan<byte> bytes)
    {
        var message = MetadataTable.Root(bytes);
        if (!message.TryTable(2, out var header))
            return;
        switch (message.Small(1))
        {
            case SchemaHeader:
                CheckSchema(header, bytes.Length);
                break;
            case BatchHeader:
                CheckBatch(header);
                break;
            case DictionaryHeader when header.TryTable(1, out var batch):
                CheckBatch(batch);
                break;
        }
    }

    /// <exception cref="InvalidDataException">The footer claims what its bytes cannot hold.</exception>
    public static void CheckFooter(ReadOnlySpan<byte> bytes)
    {
        const int BlockBytes = 24;
        var footer = MetadataTable.Root(bytes);
        _ = footer.Count(2, BlockBytes);
        _ = footer.Count(3, BlockBytes);
        _ = footer.Count(4, 4);
        if (footer.TryTable(1, out var schema))
            CheckSchema(schema, bytes.Length);
    }

    private static void CheckBatch(MetadataTable batch)
    {
        const int NodeBytes = 16;
        const int BufferBytes = 16;
        _ = batch.Count(1, NodeBytes);
        int buffers = batch.Count(2, BufferBytes);
        int variadic = batch.Count(4, 8);
        for (int i = 0; i < variadic; i++)
        {
            if (batch.Long(4, i) < 0 || batch.Long(4, i) > buffers)
                throw new InvalidDataException($"a column claims {batch.Long(4, i)} of {buffers} buffers");
        }
    }

    private static void CheckSchema(MetadataTable schema, int length)
    {
        _ = schema.Count(2, 4);
        _ = schema.Count(3, 8);
        // A field takes four bytes at least, unless several parents share it.
        int left = length / 4;
        for (int i = 0; i < schema.Count(1, 4); i++)
            CheckField(schema.Element(1, i), 0, ref left);
    }

    private static void CheckField(MetadataTable field, int depth, ref int left)
    {
        if (depth > MaxDepth || --left < 0)
            throw new InvalidDataException("fields are nested without end");
        _ = field.Count(6, 4);
        if (field.Small(2) == UnionType && field.TryTable(3, out var union))
            _ = union.Count(1, 4);
        for (int i = 0; i < field.Count(5, 4); i++)
            CheckField(field.Element(5, i), depth + 1, ref left);
    }
}
