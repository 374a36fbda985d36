using AnomalyKit.Numerics;

namespace AnomalyKit.Benchmarks.Data;

/// <summary>Made-up rows: bell-shaped columns of different spread, and a few rows far out. The same seed gives the same rows on every machine.</summary>
internal static class SyntheticRows
{
    private const int BlockRows = 4096;
    private const double AnomalyShare = 0.002;

    /// <summary>Labelled rows.</summary>
    public static FeatureMatrix Create(int rows, int columns, ulong seed = 1)
    {
        var cells = new float[(long)rows * columns];
        var labels = new bool[rows];
        Parallel.For(0, (rows + BlockRows - 1) / BlockRows, block =>
        {
            var random = new CounterRandom(seed, (ulong)block);
            for (int row = block * BlockRows; row < Math.Min(rows, (block + 1) * BlockRows); row++)
            {
                labels[row] = random.NextDouble() < AnomalyShare;
                Fill(ref random, labels[row] ? 4 : 1, cells.AsSpan(row * columns, columns));
            }
        });

        return FeatureMatrix.Wrap(cells, new FeatureSchema(Enumerable.Range(1, columns).Select(i => $"V{i}")), labels);
    }

    private static void Fill(ref CounterRandom random, float spread, Span<float> row)
    {
        for (int column = 0; column < row.Length; column++)
        {
            // The sum of the four bytes of a random word: bell-shaped, in whole numbers.
            uint word = random.NextUInt32();
            int sum = (int)((word & 255) + ((word >> 8) & 255) + ((word >> 16) & 255) + (word >> 24));
            // The next word fills the gaps, so that values hardly ever repeat.
            float value = (sum - 510 + (random.NextUInt32() / 4294967296f)) / 148f;
            row[column] = value * spread * (0.3f + (column % 7 * 0.4f));
        }
    }
}
