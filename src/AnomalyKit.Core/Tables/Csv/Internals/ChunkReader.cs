using System.Collections.Concurrent;
using System.Text;

namespace AnomalyKit.Csv;

/// <summary>Reads runs of lines on any number of threads: plain ones by <see cref="ChunkParser"/>, others as texts of their own.</summary>
/// <param name="delimiter">What separates cells.</param>
/// <param name="names">The columns of the file.</param>
/// <param name="schema">The columns that are given out.</param>
/// <param name="cells">Makes readers of their cells.</param>
/// <param name="options">How to read.</param>
internal sealed class ChunkReader(char delimiter, string[] names, TableSchema schema, Func<CellReader[]> cells, CsvTableOptions options)
{
    private readonly ConcurrentBag<ChunkParser> _parsers = [];
    private readonly CsvTableOptions _options = options with { Delimiter = delimiter, Progress = null };
    private readonly byte[] _header = Encoding.UTF8.GetBytes(string.Join(delimiter, names.Select(name => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\n");

    /// <summary>Reads a run of lines.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="isFirst">Whether they begin with the header.</param>
    /// <returns>The rows, perhaps none; nothing where they cannot be read, and the reader of the whole file has to say why.</returns>
    public FeatureTable? Read(byte[] lines, bool isFirst)
    {
        if (!isFirst && IsPlain(lines))
        {
            if (!_parsers.TryTake(out var parser))
                parser = new ChunkParser(delimiter, names.Length, cells());
            var columns = parser.Parse(lines);
            _parsers.Add(parser);
            if (columns is not null)
                return new FeatureTable(columns, schema);
        }

        return ReadText(isFirst ? lines : [.. _header, .. lines]);
    }

    private FeatureTable? ReadText(byte[] text)
    {
        try
        {
            using var rows = RowSource.Open(CsvSource.Open(new MemoryStream(text, writable: false), path: null, leaveOpen: false), _options, CancellationToken.None);
            if (!rows.Names.AsSpan().SequenceEqual(names))
                return null;
            var readers = cells();
            while (rows.MoveNext())
            {
                if (rows.Current.CellCount != names.Length || Array.Exists(readers, cell => cell.Read(rows.Current) is not null))
                    return null;
            }

            return new FeatureTable(readers.Select(cell => cell.Take()), schema);
        }
        catch (CsvFormatException)
        {
            return null;
        }
    }

    // A carriage return by itself ends a line, too.
    private static bool IsPlain(ReadOnlySpan<byte> lines)
    {
        if (!Ascii.IsValid(lines))
            return false;
        while (lines.IndexOf((byte)'\r') is var at and >= 0)
        {
            if (at + 1 == lines.Length || lines[at + 1] != '\n')
                return false;
            lines = lines[(at + 2)..];
        }

        return true;
    }
}
