using System.CommandLine;

namespace AnomalyKit.Quality;

/// <summary>The command <c>alert-budget</c>: models of the credit-card sample's temporal protocol score day two under a tracked threshold. Prints a Markdown table.</summary>
internal static class AlertBudgetCommand
{
    public static Command Create()
    {
        var data = new Argument<string>("DATA") { Description = "creditcard.csv.gz." };
        var models = new Argument<string>("MODELS") { Description = "A folder of temporal-*.akm, as the sample CreditCard writes them." };
        var fraction = new Option<double>("--fraction") { Description = "The fraction of rows that are to be alerts.", DefaultValueFactory = _ => 0.01 };
        var step = new Option<double>("--step") { Description = "The step size.", DefaultValueFactory = _ => new TrackingThreshold(0.01, new ReferenceSample([0f, 1f])).StepSize };
        var command = new Command("alert-budget", "Alerts of fitted detectors over the second day of the credit-card data, hour by hour, with and without a tracked threshold.") { data, models, fraction, step };
        command.SetAction((parsed, cancellationToken) =>
        {
            string folder = parsed.GetRequiredValue(models);
            string[] files = Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "temporal-*.akm").Order(StringComparer.Ordinal)] : [];
            if (files.Length == 0)
            {
                Console.Error.WriteLine($"error: '{folder}' holds no file temporal-*.akm. Run the sample CreditCard with --protocol temporal first.");
                return Task.FromResult(2);
            }

            var rows = FeatureMatrix.LoadCsv(parsed.GetRequiredValue(data), "Class", cancellationToken: cancellationToken);
            AlertBudgetRun.Print(rows, files, parsed.GetValue(fraction), parsed.GetValue(step), Console.Out, cancellationToken);
            return Task.FromResult(0);
        });
        return command;
    }
}
