using AnomalyKit.Samples.CreditCard.Data;

namespace AnomalyKit.Samples.Tests.CreditCard;

public class SyntheticCreditCardTests
{
    private static readonly SyntheticOptions Small = new() { Rows = 20_000 };

    private static CreditCardData Generate(SyntheticOptions options, int threads = -1) =>
        SyntheticCreditCard.Generate(options, threads, null, default);

    [Fact]
    public void Is_the_same_at_any_thread_count()
    {
        Assert.Equal(Generate(Small, threads: 1).Sha256, Generate(Small, threads: 4).Sha256);
        Assert.Equal(Generate(Small).Sha256, Generate(Small).Sha256);
    }

    /// <remarks>Pins the set for ever: its numbers are sums, products, quotients and square roots, the same on every machine.</remarks>
    [Fact]
    public void Is_the_same_on_every_machine() =>
        Assert.StartsWith("eb15aac399bef80b1e408a5072588ccd", Generate(new SyntheticOptions { Rows = 1000 }).Sha256, StringComparison.Ordinal);

    [Fact]
    public void Depends_on_the_seed() => Assert.NotEqual(Generate(Small).Sha256, Generate(Small with { Seed = 43 }).Sha256);

    [Fact]
    public void Has_the_shape_of_the_real_set()
    {
        var full = new SyntheticOptions();
        Assert.Equal((284_807, 492), (full.Rows, full.Frauds));
        var data = Generate(Small);
        Assert.Equal(35, data.Frauds);
        Assert.Equal(30, data.Rows.ColumnCount);
        Assert.Equal(["Time", "V1"], data.Rows.Schema.ColumnNames.Take(2));
        Assert.Equal(["V28", "Amount"], data.Rows.Schema.ColumnNames.Skip(28));
    }

    [Fact]
    public void Cells_are_finite_time_never_falls_amounts_are_whole_cents()
    {
        var rows = Generate(Small).Rows;
        float time = 0;
        for (int i = 0; i < rows.RowCount; i++)
        {
            var row = rows.Cells(i);
            foreach (float cell in row)
                Assert.True(float.IsFinite(cell));
            Assert.True(row[0] >= time);
            time = row[0];
            Assert.InRange(row[29], 0, 25_000);
        }

        Assert.Equal(172_792, time);
    }

    [Fact]
    public void Columns_are_correlated_and_heavy_tailed()
    {
        var rows = Generate(Small).Rows;
        double strongest = 0;
        for (int column = 2; column <= 28; column++)
            strongest = Math.Max(strongest, Math.Abs(Correlation(rows, 1, column)));
        Assert.True(strongest > 0.3, $"strongest correlation of V1: {strongest}");
        Assert.True(Kurtosis(rows, 1) > 3.5, $"kurtosis of V1: {Kurtosis(rows, 1)}");
    }

    [Fact]
    public void Frauds_are_found_but_not_trivially()
    {
        var rows = Generate(Small).Rows;
        float[] scores = new IsolationForestTrainer().Fit(rows).Score(rows);
        Assert.InRange(DetectionMetrics.RocAuc(rows.Labels.Span, scores), 0.9, 0.99);
    }

    [Fact]
    public void Stops_when_cancelled() => Assert.Throws<OperationCanceledException>(
        () => SyntheticCreditCard.Generate(Small, 2, null, new CancellationToken(canceled: true)));

    private static double Correlation(FeatureMatrix rows, int first, int second)
    {
        var (a, b) = (Centred(rows, first), Centred(rows, second));
        return a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(y => y * y));
    }

    private static double Kurtosis(FeatureMatrix rows, int column)
    {
        double[] cells = Centred(rows, column);
        double variance = cells.Average(x => x * x);
        return cells.Average(x => x * x * x * x) / (variance * variance);
    }

    private static double[] Centred(FeatureMatrix rows, int column)
    {
        double[] cells = [.. Enumerable.Range(0, rows.RowCount).Select(row => (double)rows.Cells(row)[column])];
        double mean = cells.Average();
        return [.. cells.Select(x => x - mean)];
    }
}
