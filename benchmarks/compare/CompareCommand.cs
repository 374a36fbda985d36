using System.CommandLine;

namespace AnomalyKit.Compare;

/// <summary>The command line.</summary>
internal static class CompareCommand
{
    public const int Fine = 0;
    public const int Regressed = 1;
    public const int NothingCompared = 2;

    public static RootCommand Create(TextWriter output, TextWriter error)
    {
        var defaults = new CompareOptions();
        var before = new Argument<string>("BASE") { Description = "A full JSON export of BenchmarkDotNet, or a folder of them: a file is a run." };
        var after = new Argument<string>("HEAD") { Description = "The same of what is to be compared with it." };
        var bound = Share("--bound", "Changes of time below this share are never a regression.", defaults.Bound);
        var errorRate = Share("--error-rate", "The chance of any false alarm among all benchmarks.", defaults.ErrorRate);
        var allocation = Share("--allocation-bound", "Growth of allocated bytes below this share is never a regression.", defaults.AllocationBound);
        var unclear = Share("--unclear", "Noise beyond this share is reported as unclear.", defaults.UnclearBeyond);
        var file = new Option<string?>("--out") { Description = "A file to write the Markdown to as well." };
        errorRate.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<double>() is not (> 0 and < 1))
                result.AddError("--error-rate must lie between 0 and 1.");
        });

        var command = new RootCommand(
            "Compares two sets of benchmark results. Exit code 0: no regression; 1: a benchmark is slower, allocates more or fails; 2: nothing could be compared.")
        {
            before, after, bound, errorRate, allocation, unclear, file,
        };
        command.SetAction(parsed =>
        {
            var options = new CompareOptions
            {
                Bound = parsed.GetValue(bound),
                ErrorRate = parsed.GetValue(errorRate),
                AllocationBound = parsed.GetValue(allocation),
                UnclearBeyond = parsed.GetValue(unclear),
            };
            try
            {
                var report = ComparisonReport.Of(
                    BenchmarkExport.Load(parsed.GetRequiredValue(before)), BenchmarkExport.Load(parsed.GetRequiredValue(after)), options);
                string markdown = MarkdownReport.Write(report, options);
                output.Write(markdown);
                if (parsed.GetValue(file) is { } path)
                    File.WriteAllText(path, markdown);
                return report.HasRegressed ? Regressed : Fine;
            }
            catch (Exception exception) when (exception is CompareException or IOException or UnauthorizedAccessException)
            {
                error.WriteLine(exception.Message);
                return NothingCompared;
            }
        });
        return command;
    }

    private static Option<double> Share(string name, string description, double value)
    {
        var option = new Option<double>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(result.GetValueOrDefault<double>() >= 0))
                result.AddError($"{name} must not be negative.");
        });
        return option;
    }
}
