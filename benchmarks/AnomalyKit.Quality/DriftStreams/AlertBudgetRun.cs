using System.Globalization;

namespace AnomalyKit.Quality;

/// <summary>Replays day two of the credit-card data through a budget.</summary>
internal static class AlertBudgetRun
{
    private const int ReferenceRows = 20_000;

    /// <summary>Prints a Markdown table of all models.</summary>
    public static void Print(FeatureMatrix data, string[] models, double fraction, double step, TextWriter output, CancellationToken cancellationToken)
    {
        int half = data.RowCount / 2;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{data.RowCount - half:N0} rows; asked for {fraction:P1}; step size {step}; first scale from the last {ReferenceRows:N0} rows of the first half."));
        output.WriteLine();
        output.WriteLine("| model | fixed threshold flags | tracked: share of alerts | so far, from hour 2 | per hour, from hour 2 | frauds among alerts, tracked | AP of scores | AP by excess over the threshold |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (string path in models)
        {
            using var stream = File.OpenRead(path);
            var figures = Measure(data, DetectorFile.Load(stream), fraction, step, cancellationToken);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {Path.GetFileNameWithoutExtension(path)["temporal-".Length..]} | {figures.FixedFraction:P2} | {figures.Fraction:P3} | {figures.SoFar.Min:P3} to {figures.SoFar.Max:P3} | {figures.PerHour.Min:P2} to {figures.PerHour.Max:P2} | {figures.FraudCount} | {figures.AveragePrecision:F4} | {figures.AveragePrecisionOfExcess:F4} |"));
        }
    }

    /// <summary>Replays the second half of the data, in order, against a detector of the first.</summary>
    public static AlertBudgetFigures Measure(FeatureMatrix data, IAnomalyDetector detector, double fraction, double step, CancellationToken cancellationToken)
    {
        int half = data.RowCount / 2;
        var past = data.Slice(half - ReferenceRows, ReferenceRows);
        var test = data.Slice(half, data.RowCount - half);
        int time = data.Schema.IndexOf("Time");
        double start = Time(test, 0, time);
        int[] hours = [.. Enumerable.Range(0, test.RowCount).Select(row => (int)((Time(test, row, time) - start) / 3600))];
        bool[] labels = test.Labels.ToArray();
        var options = new ScoreOptions();
        float[] scores = detector.Score(test, options, cancellationToken);
        var budget = new AlertBudget(new TrackingThreshold(fraction, new ReferenceSample(detector.Score(past, options, cancellationToken))) { StepSize = step });
        var excess = new float[scores.Length];
        var alerts = new bool[scores.Length];
        for (int row = 0; row < scores.Length; row++)
        {
            excess[row] = (float)Excess(scores[row], budget.Threshold.Value);
            alerts[row] = budget.Decide(scores[row]) == AlertDecision.Alert;
        }

        var (soFar, perHour) = Shares(alerts, hours);
        return new AlertBudgetFigures(
            (double)scores.Count(score => score > detector.Threshold) / scores.Length,
            budget.AlertFraction,
            soFar,
            perHour,
            alerts.Index().Count(alert => alert.Item && labels[alert.Index]),
            DetectionMetrics.AveragePrecision(labels, scores),
            DetectionMetrics.AveragePrecision(labels, excess));
    }

    /// <summary>How far a score lies beyond its threshold: the difference, or the side where one is infinite.</summary>
    private static double Excess(double score, double threshold) => double.IsInfinity(threshold) ? (threshold > 0 ? float.MinValue : float.MaxValue) : score - threshold;

    private static ((double Min, double Max) SoFar, (double Min, double Max) PerHour) Shares(bool[] alerts, int[] hours)
    {
        (double Min, double Max) soFar = (1, 0);
        (double Min, double Max) perHour = (1, 0);
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
            soFar = (Math.Min(soFar.Min, (double)total / rows), Math.Max(soFar.Max, (double)total / rows));
            perHour = (Math.Min(perHour.Min, (double)found / count), Math.Max(perHour.Max, (double)found / count));
        }

        return (soFar, perHour);
    }

    private static double Time(FeatureMatrix rows, int row, int column) => rows.Cells(row)[column] + rows.Schema.ColumnOffsets[column];
}
