using System.Globalization;
using AnomalyKit.Core.Tests.Attribution;

namespace AnomalyKit.Core.Tests.Explaining;

/// <summary>A value that would end an alert has the digits that its column has, and ends the alert as it is written.</summary>
public sealed class CounterfactualDigitsTests
{
    private static readonly DateTime Start = new(2026, 3, 2);

    [Theory]
    [InlineData(1, 0, 60.3)]
    [InlineData(0.1, 1, 60.037)]
    [InlineData(0.01, 2, 60.0371)]
    [InlineData(0.25, 2, 60.0371)]
    [InlineData(0.001, 3, 6.00371)]
    public void A_number_has_no_more_digits_than_its_column(double step, int digits, double limit)
    {
        // The score is the number, so that the line lies at the limit, between two numbers that the column can hold.
        var table = new FeatureTable(new DoubleColumn("x", Enumerable.Range(0, 2000).Select(row => Math.Round(row % 1000 * 0.1 / step) * step).ToArray()));
        double own = Math.Round(limit * 1.6 / step) * step;
        string to = Changed(table, new DoubleColumn("x", new[] { own }), limit).To;
        Assert.InRange(DigitsOf(to), 0, digits);
        Assert.InRange(double.Parse(to, CultureInfo.InvariantCulture), 0.8 * limit, limit);
    }

    [Fact]
    public void A_number_that_is_far_out_comes_back_to_the_line()
    {
        // Distances up to 100, and a few of 10,000: between the usual ones and these lies nothing to stop at.
        var table = new FeatureTable(new DoubleColumn("x", Enumerable.Range(0, 2000).Select(row => row % 500 == 7 ? 10_000 + row : row % 1000 / 10.0).ToArray()));
        string to = Changed(table, new DoubleColumn("x", new[] { 10_526.1 }), 140.04).To;
        Assert.InRange(double.Parse(to, CultureInfo.InvariantCulture), 135, 140);
    }

    [Fact]
    public void Rounding_never_takes_a_number_beyond_the_line()
    {
        var table = new FeatureTable(new DoubleColumn("x", Enumerable.Range(0, 1000).Select(row => row / 10.0).ToArray()));
        var random = new Random(5);
        for (int i = 0; i < 200; i++)
        {
            double limit = 20 + (60 * random.NextDouble());
            foreach (double sign in (double[])[1, -1])
            {
                var change = Changed(table, new DoubleColumn("x", new[] { sign > 0 ? 99.9 : 0.1 }), limit, sign);
                double to = double.Parse(change.To, CultureInfo.InvariantCulture);
                Assert.True(sign > 0 ? (float)to <= limit : (float)to >= limit, $"{to}, {limit}");
                Assert.InRange(DigitsOf(change.To), 0, 1);
            }
        }
    }

    [Fact]
    public void Columns_of_a_matrix_have_the_digits_of_their_cells()
    {
        var data = FeatureMatrix.Wrap(Enumerable.Range(0, 1000).Select(row => row / 10f).ToArray(), 1);
        var detector = new FormulaDetector(1, row => row[0]) { Frame = new DetectorFrame(data.Schema, FeatureTransform.Identity(1), 60.037, "fixed") { Profile = ReferenceProfile.Of(data) }, BlockRows = 4096 };
        string to = ((IAnomalyDetector)detector).Explain([97.3], Options(data)).Counterfactual!.Changes.Single().To;
        Assert.InRange(DigitsOf(to), 0, 1);
        Assert.InRange(float.Parse(to, CultureInfo.InvariantCulture), 50, 60.037f);
    }

    [Fact]
    public void Numbers_that_were_computed_have_five_digits()
    {
        var table = new FeatureTable(new DoubleColumn("x", Enumerable.Range(0, 1000).Select(row => Math.Sqrt(row)).ToArray()));
        string to = Changed(table, new DoubleColumn("x", new[] { 31.123456 }), 20.0371).To;
        Assert.Equal(5, to.Count(char.IsAsciiDigit));
    }

    [Theory]
    [InlineData(24 * 60, "^[0-9-]{10}$")]
    [InlineData(60, "^[0-9-]{10}( [0-9]{2}:00:00)?$")]
    [InlineData(1, "^[0-9-]{10}( [0-9]{2}:[0-9]{2}:00)?$")]
    public void A_date_is_as_fine_as_its_column(int minutes, string pattern)
    {
        long[] ticks = [.. Enumerable.Range(0, 1000).Select(row => Start.AddMinutes(row * minutes).Ticks)];
        var table = new FeatureTable(new DateTimeColumn("x", ticks, isUtc: false));
        double limit = (double)new DateTime(ticks[600]).AddSeconds(minutes * 17).Ticks;
        var preparation = new TablePreparation { Dates = DateParts.Elapsed }.Fit(table);
        double elapsed = preparation.Apply(new FeatureTable(new DateTimeColumn("x", new[] { (long)limit }, isUtc: false))).Cells(0)[0];
        string to = Changed(table, new DateTimeColumn("x", new[] { ticks[970] }, isUtc: false), elapsed).To;
        Assert.Matches(pattern, to);
        Assert.InRange(DateTime.Parse(to, CultureInfo.InvariantCulture).Ticks, ticks[500], (long)limit);
    }

    /// <summary>The one change that ends an alert whose score is the cell, or what is left of 0 beside it.</summary>
    private static ColumnChange Changed(FeatureTable table, TableColumn row, double limit, double sign = 1)
    {
        var preparation = new TablePreparation { Dates = DateParts.Elapsed }.Fit(table);
        var frame = new DetectorFrame(preparation.Output, FeatureTransform.Identity(1), sign * limit, "fixed");
        var prepared = preparation.Apply(table);
        var detector = new TableDetector(preparation, new FormulaDetector(1, cells => sign * (cells[0] + preparation.Output.ColumnOffsets[0])) { Frame = frame, BlockRows = 4096 }, ReferenceProfile.Of(table).WithRows(prepared));
        var rows = new FeatureTable(row);
        var explanation = detector.Explain(rows, 0, Options(prepared));
        Assert.True(explanation.IsAnomaly);
        var counterfactual = explanation.Counterfactual!;
        Assert.True(counterfactual.Score <= frame.Threshold);
        return counterfactual.Changes.Single();
    }

    private static ExplanationOptions Options(FeatureMatrix background) => new() { Attribution = new AttributionOptions { SamplingBackground = background.Slice(0, 20) } };

    private static int DigitsOf(string number) => number.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point ? number.Length - point - 1 : 0;
}
