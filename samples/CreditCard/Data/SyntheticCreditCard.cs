using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using AnomalyKit.Numerics;

namespace AnomalyKit.Samples.CreditCard.Data;

/// <summary>Makes up a set of the shape of the real one, so that the sample always runs: Time, V1 to V28, Amount, 0.17 % frauds.</summary>
/// <remarks>Every row draws from a stream of its own, so the set is the same to the bit at any thread count and on any machine.</remarks>
internal static class SyntheticCreditCard
{
    /// <summary>What the results call it.</summary>
    public const string SourceName = "synthetic";

    private const int Columns = SyntheticModel.Components + 2;
    private const int BlockRows = 4096;
    private const double Seconds = 172_792;
    private const ulong FraudRowsStream = ulong.MaxValue - 1;

    /// <summary>Makes up the rows.</summary>
    public static CreditCardData Generate(
        SyntheticOptions options, int threads, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var cells = new float[options.Rows * Columns];
        var labels = DrawLabels(options);
        var model = new SyntheticModel(options.Seed);
        int blocks = (options.Rows + BlockRows - 1) / BlockRows;
        int done = 0;
        Parallel.For(
            0,
            blocks,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            block =>
            {
                int end = Math.Min(options.Rows, (block + 1) * BlockRows);
                for (int row = block * BlockRows; row < end; row++)
                    FillRow(options, model, row, labels[row], cells.AsSpan(row * Columns, Columns));
                progress?.Report((double)Interlocked.Increment(ref done) / blocks);
            });
        var rows = FeatureMatrix.Wrap(cells, new FeatureSchema(ColumnNames()), labels);
        return new CreditCardData(rows, SourceName, Hash(cells, labels), watch.Elapsed.TotalSeconds);
    }

    private static IEnumerable<string> ColumnNames() =>
        ["Time", .. Enumerable.Range(1, SyntheticModel.Components).Select(i => $"V{i}"), "Amount"];

    private static bool[] DrawLabels(SyntheticOptions options)
    {
        var random = new CounterRandom(options.Seed, FraudRowsStream);
        var frauds = new int[options.Frauds];
        random.SampleWithoutReplacement(options.Rows, frauds);
        var labels = new bool[options.Rows];
        foreach (int row in frauds)
            labels[row] = true;
        return labels;
    }

    private static void FillRow(SyntheticOptions options, SyntheticModel model, int row, bool fraud, Span<float> cells)
    {
        var random = new CounterRandom(options.Seed, (ulong)row);
        cells[0] = (float)Math.Floor(Seconds * row / Math.Max(1, options.Rows - 1));
        if (fraud)
            model.Fraud(ref random, cells[1..^1]);
        else
            model.Normal(ref random, cells[1..^1]);
        cells[^1] = Amount(ref random);
    }

    /// <summary>Whole cents, Pareto-like (Lomax with tail index 2, mean about 60), at most 25,000.</summary>
    private static float Amount(ref CounterRandom random)
    {
        double amount = 60 * ((1 / Math.Sqrt(1 - random.NextDouble())) - 1);
        return (float)(Math.Round(Math.Min(amount, 25_000) * 100) / 100);
    }

    /// <summary>Of all cells as little-endian float32, row by row, and then a byte 0 or 1 a row.</summary>
    private static string Hash(float[] cells, bool[] labels)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("The made-up set is hashed on little-endian machines only.");
        hash.AppendData(MemoryMarshal.AsBytes(cells.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(labels.AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
