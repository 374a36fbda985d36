using AnomalyKit.Files;

namespace AnomalyKit.Batch.Sharding;

/// <summary>Puts files of text behind each other as they are, with one header.</summary>
internal static class TextJoin
{
    public static TableProgress Run(ShardParts parts, string path, bool hasHeader, IProgress<TableProgress>? progress, CancellationToken cancellationToken)
    {
        using var output = new FileBeside(path);
        byte[]? header = null;
        var buffer = new byte[1 << 20];
        foreach (var part in parts.Parts)
        {
            using var input = new FileStream(PartFiles.PathOf(part, part.File), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);
            if (hasHeader)
            {
                byte[] own = ReadHeader(input);
                if (header is null)
                    output.Stream.Write(own);
                else if (!header.AsSpan().SequenceEqual(own))
                    throw new ShardException($"'{PartFiles.PathOf(part, part.File)}' has different columns than the part before it. Run all shards with the same options.");
                header = own;
            }

            for (int read; (read = input.Read(buffer)) > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                output.Stream.Write(buffer.AsSpan(0, read));
            }

            progress?.Report(new TableProgress(part.Shard.RowsOf(parts.TotalRowCount).EndRow, parts.TotalRowCount, 0));
        }

        output.Place();
        return new TableProgress(parts.Parts[0].HasAllRows ? parts.TotalRowCount : parts.Parts.Sum(part => part.AnomalyCount), parts.TotalRowCount, parts.Parts.Sum(part => part.AnomalyCount));
    }

    /// <summary>The names of a file's columns.</summary>
    public static IEnumerable<string> ColumnsOf(string path)
    {
        using var input = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        using var reader = CsvTableReader.Open(new MemoryStream(ReadHeader(input)), options: new CsvTableOptions { Delimiter = ',' });
        return [.. reader.Schema.Fields.Select(field => field.Name)];
    }

    /// <summary>The bytes up to the end of the first record: a line break in quotes does not end it.</summary>
    private static byte[] ReadHeader(FileStream input)
    {
        var header = new List<byte>();
        bool isQuoted = false;
        for (int next; (next = input.ReadByte()) >= 0;)
        {
            header.Add((byte)next);
            isQuoted ^= next == '"';
            if (next == '\n' && !isQuoted)
                break;
        }

        return [.. header];
    }
}
