using AnomalyKit.Numerics;

namespace AnomalyKit.ClusterTests;

/// <summary>Made-up rows in Parquet files: an <c>id</c> that counts from 0, and bell-shaped columns with a few rows far out. The same on every machine.</summary>
internal static class MadeUpTable
{
    private const int BlockRows = 1 << 16;
    private const double AnomalyFraction = 0.002;

    public static int Write(string folder, long rows, int columns, int files)
    {
        Directory.CreateDirectory(folder);
        // Lengths from 1 to 3 parts, so that the borders of shards lie within files.
        long[] weights = [.. Enumerable.Range(0, files).Select(file => 1L + (file % 3))];
        long total = weights.Sum();
        long[] ends = [.. weights.Select((_, file) => (long)((Int128)rows * weights.Take(file + 1).Sum() / total))];
        Parallel.For(0, files, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, file =>
            WriteFile(Path.Combine(folder, $"part-{file:000}.parquet"), file == 0 ? 0 : ends[file - 1], ends[file], columns));
        return 0;
    }

    private static void WriteFile(string path, long start, long end, int columns)
    {
        using var writer = ParquetTableWriter.Create(path);
        for (long row = start; row < end || row == start; row += BlockRows)
            writer.Write(Block(row, (int)Math.Min(BlockRows, end - row), columns));
        writer.Complete();
    }

    private static FeatureTable Block(long start, int count, int columns)
    {
        long[] ids = new long[count];
        var cells = Enumerable.Range(0, columns).Select(_ => new float[count]).ToArray();
        for (int row = 0; row < count; row++)
        {
            ids[row] = start + row;
            // A stream for each row: cells do not depend on how the rows are spread over files.
            var random = new CounterRandom(17, (ulong)ids[row]);
            float spread = random.NextDouble() < AnomalyFraction ? 4 : 1;
            for (int column = 0; column < columns; column++)
            {
                // The sum of the four bytes of a random word is bell-shaped.
                uint word = random.NextUInt32();
                int sum = (int)((word & 255) + ((word >> 8) & 255) + ((word >> 16) & 255) + (word >> 24));
                cells[column][row] = ((sum - 510) / 148f + (word / 4294967296f)) * spread * (0.3f + (column % 7 * 0.4f));
            }
        }

        return new FeatureTable([new Int64Column("id", ids), .. cells.Select((values, column) => new SingleColumn($"V{column + 1}", values))]);
    }
}
