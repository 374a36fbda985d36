using System.CommandLine;

namespace AnomalyKit.Quality;

/// <summary>The command <c>drift-streams</c>: how often the monitors of streams detect drift that is not there, and how late they notice what is. Prints Markdown tables.</summary>
internal static class DriftStreamsCommand
{
    public static Command Create()
    {
        var streams = Positive("--streams", "How many stationary streams.", 1000);
        var rows = Positive("--rows", "How many values a stationary stream has.", 100_000);
        var falseDetections = new Command("false-detections", "Stationary streams: how many ever show drift.") { streams, rows };
        falseDetections.SetAction((parsed, cancellationToken) =>
        {
            FalseDetectionRun.Print(parsed.GetValue(streams), parsed.GetValue(rows), Console.Out, cancellationToken);
            return Task.FromResult(0);
        });

        var runs = Positive("--runs", "How many streams with a change, for each size of it.", 200);
        var quiet = Positive("--quiet", "How many rows come before the change.", 5000);
        var reference = Positive("--reference", "How many rows the detectors are fitted on, and as many again are the reference.", 10_000);
        var delay = new Command("delay", "One of 30 columns shifts: how many rows later that is noticed.") { runs, quiet, reference };
        delay.SetAction((parsed, cancellationToken) =>
        {
            DelayRun.Print(parsed.GetValue(runs), parsed.GetValue(quiet), parsed.GetValue(reference), Console.Out, cancellationToken);
            return Task.FromResult(0);
        });

        var cost = new Command("cost", "Rows per second on one core.");
        cost.SetAction((_, _) =>
        {
            MonitorCostRun.Print(Console.Out);
            return Task.FromResult(0);
        });
        return new Command("drift-streams", "Measures the monitors of streams on simulated data.") { falseDetections, delay, cost };
    }

    private static Option<int> Positive(string name, string description, int value)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out int number) && number < 1)
                result.AddError($"{name} must be at least 1.");
        });
        return option;
    }
}
