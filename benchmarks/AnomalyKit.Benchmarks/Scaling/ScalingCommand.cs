using System.CommandLine;
using System.Globalization;
using AnomalyKit.Benchmarks.Infrastructure;
using AnomalyKit.Samples.CreditCard.Reporting.Pictures;

namespace AnomalyKit.Benchmarks.Scaling;

/// <summary>The command line of <c>scaling</c>: how cost grows with the number of rows.</summary>
internal static class ScalingCommand
{
    /// <summary>Two a decade.</summary>
    private static readonly int[] Rows = [1_000, 3_162, 10_000, 31_623, 100_000, 316_228, 1_000_000];

    public static RootCommand Create()
    {
        var only = new Option<string?>("--only") { Description = $"Cases whose name contains this; all by default: {string.Join(", ", ScalingCases.All.Select(scalingCase => scalingCase.Name).Distinct())}." };
        var most = new Option<int>("--rows") { Description = "The most rows.", DefaultValueFactory = _ => Rows[^1] };
        var limit = new Option<double>("--limit") { Description = "Stop growing where one call could last longer than so many seconds.", DefaultValueFactory = _ => 60 };
        var picture = new Option<FileInfo?>("--picture") { Description = "The PNG file to draw." };
        var command = new RootCommand("Measures how the cost of detectors grows with the number of rows, and fits the exponent.") { only, most, limit, picture };
        command.SetAction((parsed, cancellationToken) =>
        {
            string? wanted = parsed.GetValue(only);
            ScalingCase[] cases = [.. ScalingCases.All.Where(scalingCase => wanted is null || scalingCase.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase))];
            int[] rows = [.. Rows.Where(count => count <= parsed.GetValue(most))];
            if (cases.Length == 0 || rows.Length < 2)
            {
                Console.Error.WriteLine(cases.Length == 0 ? $"No case is called '{wanted}'." : "An exponent takes at least 3162 rows.");
                return Task.FromResult(1);
            }

            Run(cases, rows, parsed.GetValue(limit), parsed.GetValue(picture)?.FullName, Console.Out, cancellationToken);
            return Task.FromResult(0);
        });
        return command;
    }

    private static void Run(
        ScalingCase[] cases, int[] rows, double limitSeconds, string? picture, TextWriter output, CancellationToken cancellationToken)
    {
        // Fonts are loaded before anything is timed.
        if (picture is not null)
            _ = PictureStyle.SeriesColor(0);
        var curves = new List<ScalingCurve>();
        output.WriteLine($"Median seconds of a call on one thread, made-up rows. {Machine.Describe()}.");
        output.WriteLine();
        output.WriteLine($"| rows | {string.Join(" | ", rows.Select(count => count.ToString("N0", CultureInfo.InvariantCulture)))} | exponent | of the last decade | goal |");
        output.WriteLine($"| --- |{string.Concat(Enumerable.Repeat(" ---: |", rows.Length + 3))}");
        foreach (var scalingCase in cases)
        {
            output.Write($"| {scalingCase.Name}, {scalingCase.Columns} columns");
            var curve = ScalingCurve.Measure(
                scalingCase, rows, limitSeconds, (_, seconds) => output.Write(string.Create(CultureInfo.InvariantCulture, $" | {seconds:G3}")), cancellationToken);
            output.Write(string.Concat(Enumerable.Repeat(" | –", rows.Length - curve.Points.Count)));
            output.WriteLine($" | {Exponent(curve.Law)} | {Exponent(curve.LastDecade)} | {(scalingCase.Goal.Length == 0 ? "–" : scalingCase.Goal)} |");
            curves.Add(curve);
        }

        if (picture is not null)
        {
            File.WriteAllBytes(picture, ScalingPicture.Draw(curves));
            output.WriteLine();
            output.WriteLine($"Drawn to {picture}.");
        }
    }

    private static string Exponent(PowerLaw law) => double.IsNaN(law.Exponent) ? "–" : law.Exponent.ToString("F2", CultureInfo.InvariantCulture);
}
