using System.CommandLine;
using System.Globalization;
using AnomalyKit.Benchmarks.Infrastructure;

namespace AnomalyKit.Benchmarks.Attributions;

/// <summary>The command line of <c>attributions</c>: what explanations cost beside scores.</summary>
internal static class AttributionCommand
{
    public static RootCommand Create()
    {
        var only = new Option<string?>("--only") { Description = $"Cases whose name contains this; all by default: {string.Join("; ", AttributionCases.All.Select(attributionCase => attributionCase.Name))}." };
        var columns = new Option<int>("--columns") { Description = "Columns of the made-up rows.", DefaultValueFactory = _ => 30 };
        var command = new RootCommand("Times explanations beside scores, on one thread.") { only, columns };
        command.SetAction(parsed =>
        {
            string? wanted = parsed.GetValue(only);
            AttributionCase[] cases = [.. AttributionCases.All.Where(attributionCase => wanted is null || attributionCase.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase))];
            if (cases.Length == 0 || parsed.GetValue(columns) < 1)
            {
                Console.Error.WriteLine(cases.Length == 0 ? $"No case is called '{wanted}'." : "There must be at least one column.");
                return 1;
            }

            Run(cases, parsed.GetValue(columns), Console.Out);
            return 0;
        });
        return command;
    }

    private static void Run(AttributionCase[] cases, int columns, TextWriter output)
    {
        output.WriteLine($"Medians on one thread, {columns} made-up columns. {Machine.Describe()}.");
        output.WriteLine();
        output.WriteLine("| detector | method | rows scored per second | rows explained per second | times the cost of a score | one row by itself, µs |");
        output.WriteLine("| --- | --- | ---: | ---: | ---: | ---: |");
        foreach (var attributionCase in cases)
        {
            var timing = AttributionTiming.Measure(attributionCase, columns);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {attributionCase.Name} | {timing.Method} | {timing.ScoredPerSecond:N0} | {timing.ExplainedPerSecond:N0} | {timing.ScoredPerSecond / timing.ExplainedPerSecond:N1} | {timing.SingleMicroseconds:N1} |"));
        }
    }
}
