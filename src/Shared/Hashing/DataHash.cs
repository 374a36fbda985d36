using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace AnomalyKit.Hashing;

/// <summary>A SHA-256 over the names and values of all columns, and of a matrix over its labels, weights and level counts: the same for equal rows, whichever file they came from.</summary>
internal static class DataHash
{
    private const int CellsAtOnce = 1 << 12;
    private const double MaxExact = 1L << 53;

    public static string Of(FeatureTable table)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var column in table.Columns)
        {
            Add(hash, column.Name);
            hash.AppendData([(byte)column.Kind]);
            Add(hash, column);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static string Of(FeatureMatrix data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string name in data.Schema.ColumnNames)
            Add(hash, name);
        hash.AppendData(MemoryMarshal.AsBytes(data.Schema.ColumnOffsets));
        for (int row = 0; row < data.RowCount;)
        {
            var cells = data.ContiguousCells(row);
            hash.AppendData(MemoryMarshal.AsBytes(cells));
            row += cells.Length / data.ColumnCount;
        }

        hash.AppendData(MemoryMarshal.AsBytes(data.Labels.Span));
        // What only some rows have comes last and under its name, so that the hashes of all others stay as they were.
        if (data.HasWeights)
        {
            Add(hash, "weights");
            hash.AppendData(MemoryMarshal.AsBytes(data.Weights.Span));
        }

        if (data.Schema.HasCategories)
        {
            Add(hash, "levels");
            hash.AppendData(MemoryMarshal.AsBytes(data.Schema.LevelCounts));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, TableColumn column)
    {
        switch (column)
        {
            case NumberColumn numbers:
                var values = new double[CellsAtOnce];
                for (int row = 0; row < column.RowCount; row += CellsAtOnce)
                {
                    var some = values.AsSpan(0, Math.Min(CellsAtOnce, column.RowCount - row));
                    numbers.CopyTo(row, some);
                    foreach (ref double value in some)
                        value = double.IsNaN(value) ? double.NaN : value + 0.0;
                    hash.AppendData(MemoryMarshal.AsBytes(some));
                }

                if (column is Int64Column whole)
                    AddRounded(hash, whole);
                break;
            case BooleanColumn booleans:
                hash.AppendData(MemoryMarshal.AsBytes(booleans.Cells.Span));
                break;
            case DateTimeColumn dates:
                hash.AppendData(MemoryMarshal.AsBytes(dates.Ticks.Span));
                break;
            case CategoryColumn categories:
                AddWords(hash, categories);
                break;
            default:
                throw new NotSupportedException($"The column '{column.Name}' is of a kind that has no hash.");
        }
    }

    // Whole numbers beyond 2^53 that a double rounds: the rest of their digits. Others stay equal to those of a source that has them as doubles.
    private static void AddRounded(IncrementalHash hash, Int64Column column)
    {
        var cells = column.Cells.Span;
        for (int row = 0; row < cells.Length; row++)
        {
            if (!column.IsMissing(row) && Math.Abs((double)cells[row]) >= MaxExact && (Int128)(double)cells[row] != cells[row])
                hash.AppendData(BitConverter.GetBytes(cells[row]));
        }
    }

    // Which level has which code depends on the source; the words do not.
    private static void AddWords(IncrementalHash hash, CategoryColumn column)
    {
        byte[][] levels = [.. column.Levels.Select(level => SHA256.HashData(Encoding.UTF8.GetBytes(level))[..sizeof(long)])];
        var missing = new byte[sizeof(long)];
        var codes = column.Codes.Span;
        foreach (int code in codes)
            hash.AppendData(code == CategoryColumn.MissingCell ? missing : levels[code]);
    }

    private static void Add(IncrementalHash hash, string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
