namespace AnomalyKit.IsolationForest.Tests;

/// <summary>Tables of all kinds of columns, some of which are constant, have gaps, or are far from zero; and readers of their parts.</summary>
internal static class ExtractData
{
    public static readonly TablePreparation Preparation = new() { Missing = MissingCells.Native, Dates = DateParts.Elapsed | DateParts.Hour | DateParts.Weekday | DateParts.Month };

    /// <param name="seed">Other seeds give other tables.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="rareRow">The row that keeps columns from being constant, and the one behind it a column of dates; a random one where negative.</param>
    public static FeatureTable Create(int seed, int rows, int rareRow = -1)
    {
        var random = new Random(seed);
        string[] words = ["red", "green", "blue", "Köln", ""];
        int rare = rareRow < 0 ? random.Next(rows) : rareRow;
        long day = new DateTime(2024, 1, 1).Ticks;
        T[] Cells<T>(Func<int, T> cell) => [.. Enumerable.Range(0, rows).Select(cell)];
        return new FeatureTable(
            new SingleColumn("plain", Cells(_ => (float)random.NextDouble())),
            new DoubleColumn("far", Cells(_ => 1e9 + random.NextDouble())),
            new DoubleColumn("gaps", Cells(row => random.Next(3) == 0 || row < rows / 4 ? double.NaN : 1e8 + random.Next(1000))),
            new SingleColumn("constant", Cells(_ => 2.5f)),
            new SingleColumn("once", Cells(row => row == rare ? 1f : 0f)),
            new Int64Column("whole", Cells(_ => (long)random.Next(20)), Cells(_ => random.Next(10) == 0)),
            new BooleanColumn("flag", Cells(row => row == rare ? (sbyte)1 : (sbyte)0)),
            CategoryColumn.FromWords("word", Cells(row => row == rare ? "once" : random.Next(8) == 0 ? null : words[random.Next(words.Length)])),
            CategoryColumn.FromWords("same", Cells(_ => "same")),
            new DateTimeColumn("monday", Cells(row => day + (7L * row * TimeSpan.TicksPerDay) + (row == rare + 1 ? TimeSpan.TicksPerHour : 0)), isUtc: true),
            new DateTimeColumn("time", Cells(_ => day + random.NextInt64(TimeSpan.TicksPerDay * 300)), isUtc: false));
    }

    /// <summary>Cuts a table into parts, some of them empty.</summary>
    public static IEnumerable<(FeatureTable Rows, long First)> Parts(FeatureTable table, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int first = (int)((long)i * table.RowCount / count);
            yield return (table.Slice(first, (int)((i + 1L) * table.RowCount / count) - first), first);
        }
    }

    public static byte[] Bytes(TableDetector detector)
    {
        using var stream = new MemoryStream();
        detector.Save(stream);
        return stream.ToArray();
    }

    public static TableExtract Again(TableExtract extract)
    {
        using var stream = new MemoryStream();
        extract.Save(stream);
        stream.Position = 0;
        return TableExtract.Load(stream);
    }

    internal sealed class Reader(FeatureTable table) : TableReader
    {
        private int _next;

        public override TableSchema Schema => table.Schema;

        public override long RowCount => _next;

        public override FeatureTable? ReadBatch(int maxRows, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(maxRows, table.RowCount - _next);
            _next += count;
            return count == 0 ? null : table.Slice(_next - count, count);
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
