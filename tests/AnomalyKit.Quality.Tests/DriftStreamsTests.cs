using AnomalyKit.Tests;

namespace AnomalyKit.Quality.Tests;

public sealed class DriftStreamsTests
{
    [Fact]
    public void False_detections_are_a_table_of_all_monitors()
    {
        var output = new StringWriter();
        FalseDetectionRun.Print(20, 2000, output, CancellationToken.None);
        string[] lines = Lines(output);
        Assert.Equal(43, lines.Length);
        // Of 20 streams at .01 more than one would be a surprise.
        Assert.All(lines.Where(line => line.Contains("reference of", StringComparison.Ordinal)), line => Assert.Matches(@"\| [05]\.0 % \|", line));
    }

    [Fact]
    public void A_shift_of_one_column_is_noticed_by_the_columns()
    {
        var output = new StringWriter();
        DelayRun.Print(2, 500, 1000, output, CancellationToken.None);
        string[] lines = Lines(output);
        Assert.Equal(30, lines.Length);
        Assert.All(lines.Where(line => line.Contains("columns: martingales", StringComparison.Ordinal)), line => Assert.Contains("| 100.0 % |", line, StringComparison.Ordinal));
    }

    [DataFact(DataFiles.CreditCard)]
    public void The_share_of_alerts_is_what_was_asked_on_a_day_that_the_detector_has_not_seen()
    {
        var data = FeatureMatrix.LoadCsv(DataFiles.Find(DataFiles.CreditCard)!, "Class");
        var forest = new IsolationForestTrainer { Seed = 1, Threshold = ThresholdRule.Fixed(0.5) }.Fit(data.Slice(0, data.RowCount / 2));
        var figures = AlertBudgetRun.Measure(data, forest, 0.01, 0.25, CancellationToken.None);
        Assert.InRange(figures.SoFar.Min, 0.008, 0.012);
        Assert.InRange(figures.SoFar.Max, 0.008, 0.012);
        Assert.InRange(figures.Fraction, 0.0097, 0.0103);
    }

    private static string[] Lines(StringWriter output) =>
        [.. output.ToString().Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal) && !line.StartsWith("| monitor", StringComparison.Ordinal))];
}
