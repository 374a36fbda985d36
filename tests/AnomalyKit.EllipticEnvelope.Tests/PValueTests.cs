using AnomalyKit.Numerics;

namespace AnomalyKit.EllipticEnvelope.Tests;

/// <summary>P-values of new normal rows are uniform, with few rows a column too; where they are not, a finding says so.</summary>
public sealed class PValueTests
{
    private const int Fresh = 3000;

    [Theory]
    [InlineData(300, 2, null, false)]
    [InlineData(300, 10, null, false)]
    [InlineData(300, 30, null, false)]
    [InlineData(300, 50, null, false)]
    [InlineData(300, 100, 0.75, false)]
    [InlineData(300, 30, 0.5, false)]
    [InlineData(300, 30, 1.0, false)]
    [InlineData(300, 200, 1.0, false)]
    [InlineData(300, 30, null, true)]
    [InlineData(300, 50, 0.75, true)]
    [InlineData(1000, 50, null, false)]
    [InlineData(100, 20, null, false)]
    public void One_new_normal_row_in_a_hundred_has_a_p_value_below_a_hundredth(int rows, int columns, double? support, bool reweighted)
    {
        var p = PValues(rows, columns, support, reweighted, fits: columns >= 100 ? 2 : 4, out var findings);
        Assert.DoesNotContain(findings, finding => finding.Kind == DataFindingKind.UncalibratedPValues);
        Assert.InRange(p.Count(value => value < 0.01) / (double)p.Length, 0.006, 0.0155);
        Assert.InRange(p.Count(value => value < 0.1) / (double)p.Length, 0.08, 0.125);
        Assert.InRange(p.Count(value => value < 0.5) / (double)p.Length, 0.45, 0.55);
    }

    [Theory]
    [InlineData(300, 150)]
    [InlineData(300, 250)]
    [InlineData(60, 20)]
    public void A_finding_says_where_there_are_too_few_rows_for_that(int rows, int columns)
    {
        _ = PValues(rows, columns, null, reweighted: false, fits: 1, out var findings);
        var finding = Assert.Single(findings, finding => finding.Kind == DataFindingKind.UncalibratedPValues);
        Assert.Contains($"{columns} columns", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_no_more_rows_than_columns_the_finding_says_so()
    {
        _ = PValues(40, 39, null, reweighted: false, fits: 1, out var findings);
        Assert.Contains("P-values are not calibrated", Assert.Single(findings).Message, StringComparison.Ordinal);
    }

    /// <summary>Hardin and Rocke's degrees of freedom, computed by SciPy with the formulas of the R package CerioliOutlierDetection.</summary>
    [Theory]
    [InlineData(2, 225, 300, 78.6)]
    [InlineData(10, 225, 300, 137.6)]
    [InlineData(50, 225, 300, 184.8)]
    [InlineData(30, 750, 1000, 576.5)]
    [InlineData(100, 15000, 20000, 13117.6)]
    public void Degrees_of_freedom_are_those_of_Hardin_and_Rocke(int dimensions, int subset, int rows, double degrees) =>
        Assert.Equal(degrees, ScoreLaw.Raw(dimensions, subset, rows).Degrees, 0.1);

    /// <summary>scipy.special.fdtrc(p, m − p + 1, d (m − p + 1) / (p m)), SciPy 1.10.1.</summary>
    [Theory]
    [MemberData(nameof(Tails))]
    public void Tails_are_those_of_scipy(int p, double m, double d, double tail) =>
        Assert.Equal(1, new ScoreLaw(p, m, 1).UpperTail(d) / tail, 1e-9);

    public static TheoryData<int, double, double, double> Tails => new()
    {
        { 2, 59.5, 12.0, 0.004636278594486543 },
        { 10, 137.6, 30.0, 0.003564482189001398 },
        { 10, 137.6, 3000.0, 3.3412433066532034e-82 },
        { 50, 184.8, 120.0, 0.005393373233667427 },
        { 30, 11530.3, 90.0, 7.726424358328056e-08 },
        { 1, 33.0, 6.6, 0.014906077700375065 },
        { 100, 196.8, 1000000.0, 1.3989389382357536e-153 },
    };

    [Fact]
    public void The_law_travels_in_the_file_and_files_without_it_keep_the_chi_squared_distribution()
    {
        var envelope = new EllipticEnvelopeTrainer().Fit(RecipeData.Named("Many"));
        Assert.NotEqual(ChiSquared.UpperTail(20, 10), envelope.PValue(20));
        using var stream = new MemoryStream();
        envelope.Save(stream);
        stream.Position = 0;
        Assert.Equal(envelope.PValue(20), EllipticEnvelopeDetector.Load(stream).PValue(20));
        Assert.Equal(ChiSquared.UpperTail(20, 10), ScoreLaw.ChiSquared(10).UpperTail(20));
    }

    private static double[] PValues(int rows, int columns, double? support, bool reweighted, int fits, out IReadOnlyList<DataFinding> findings)
    {
        var random = new CounterRandom((ulong)((rows * 1000) + columns));
        var values = new List<double>();
        findings = [];
        for (int fit = 0; fit < fits; fit++)
        {
            var trainer = new EllipticEnvelopeTrainer { SupportFraction = support, Reweighted = reweighted, RandomStarts = 10, Threshold = ThresholdRule.Fixed(0) };
            var envelope = trainer.Fit(Normal(rows, columns, ref random));
            findings = envelope.Findings;
            foreach (float score in envelope.Score(Normal(Fresh, columns, ref random)))
                values.Add(envelope.PValue(score));
        }

        return [.. values];
    }

    private static FeatureMatrix Normal(int rows, int columns, ref CounterRandom random)
    {
        var cells = new float[rows * columns];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = (float)random.NextGaussian();
        return FeatureMatrix.Wrap(cells, columns);
    }
}
