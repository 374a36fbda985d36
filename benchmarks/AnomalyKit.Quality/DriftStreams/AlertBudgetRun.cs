using System.Globalization;

namespace AnomalyKit.Quality;

/// <summary>Replays day two of the credit-card data through a budget.</summary>
internal static class AlertBudgetRun
{
    private const int ReferenceRows = 20_000;

    public static void Print(FeatureMatrix data, string[] models, double fraction, double step, TextWriter output, CancellationToken cancellationToken)
    {
        int half = data.RowCount / 2;
        var past = data.Slice(half - ReferenceRows, ReferenceRows);
        var test = data.Slice(half, data.RowCount - half);
        int time = data.Schema.IndexOf("Time");
        double start = Time(test, 0, time);
        int[] hours = [.. Enumerable.Range(0, test.RowCount).Select(row => (int)((Time(test, row, time) - start) / 3600))];
        bool[] labels = test.Labels.ToArray();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{test.RowCount:N0} rows in {hours[^1] + 1} hours; asked for {fraction:P1}; step size {step}; first scale from the last {ReferenceRows:N0} rows of the first half."));
        output.WriteLine();
        output.WriteLine("| model | fixed threshold flags | tracked: share of alerts | so far, from hour 2 | per hour, from hour 2 | frauds among alerts, tracked | AP of scores | AP by excess over the threshold |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (string path in models)
        {
            using var stream = File.OpenRead(path);
            var detector = DetectorFile.Load(stream);
            var options = new ScoreOptions();
            float[] scores = detector.Score(test, options, cancellationToken);
            var budget = new AlertBudget(new TrackingThreshold(fraction, new ReferenceSample(detector.Score(past, options, cancellationToken))) { StepSize = step });
            var excess = new float[scores.Length];
            var alerts = new bool[scores.Length];
            for (int row = 0; row < scores.Length; row++)
            {
                excess[row] = (float)Ratio(scores[row], budget.Threshold.Value);
                alerts[row] = budget.Decide(scores[row]) == AlertDecision.Alert;
            }

            var (soFar, perHour) = Shares(alerts, hours);
            int caught = alerts.Index().Count(alert => alert.Item && labels[alert.Index]);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {Path.GetFileNameWithoutExtension(path)["temporal-".Length..]} | {(double)scores.Count(score => score > detector.Threshold) / scores.Length:P2} | {budget.AlertFraction:P3} | {soFar.Least:P3} to {soFar.Most:P3} | {perHour.Least:P2} to {perHour.Most:P2} | {caught} | {DetectionMetrics.AveragePrecision(labels, scores):F4} | {DetectionMetrics.AveragePrecision(labels, excess):F4} |"));
        }
    }

    /// <summary>How far a score lies beyond its threshold: the difference, or the side where one is infinite.</summary>
    private static double Ratio(double score, double threshold) => double.IsInfinity(threshold) ? (threshold > 0 ? float.MinValue : float.MaxValue) : score - threshold;

    private static ((double Least, double Most) SoFar, (double Least, double Most) PerHour) Shares(bool[] alerts, int[] hours)
    {
        (double Least, double Most) soFar = (1, 0);
        (double Least, double Most) perHour = (1, 0);
        int rows = 0;
        int total = 0;
        foreach (var hour in alerts.Zip(hours).GroupBy(row => row.Second))
        {
            int count = hour.Count();
            int found = hour.Count(row => row.First);
            rows += count;
            total += found;
            if (hour.Key < 1)
                continue;
            soFar = (Math.Min(soFar.Least, (double)total / rows), Math.Max(soFar.Most, (double)total / rows));
            perHour = (Math.Min(perHour.Least, (double)found / count), Math.Max(perHour.Most, (double)found / count));
        }

        return (soFar, perHour);
    }

    private static double Time(FeatureMatrix rows, int row, int column) => rows.Cells(row)[column] + rows.Schema.ColumnOffsets[column];
}
