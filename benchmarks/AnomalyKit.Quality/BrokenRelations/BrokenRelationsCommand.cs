using System.CommandLine;
using System.Globalization;

namespace AnomalyKit.Quality;

/// <summary>The command <c>broken-relations</c>: which detectors see that one column no longer fits the others? It prints a Markdown table.</summary>
internal static class BrokenRelationsCommand
{
    private static readonly string[] Detectors =
        ["elliptic-envelope", "autoencoder", "local-outlier-factor", "nearest-neighbors", "one-class-svm", "isolation-forest", "recommended"];

    private static readonly int[] Shifts = [4, 6, 8];

    public static Command Create()
    {
        var seed = new Option<int>("--seed") { Description = "The seed of the rows and the detectors.", DefaultValueFactory = _ => 1 };
        var command = new Command("broken-relations", "Shifts one of 24 columns that follow one cause in every hundredth of 10,000 rows, and counts how many of these rows are among the 100 highest scores of each detector with its default options, and of how many the first reason is the column that was shifted.") { seed };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(parsed.GetValue(seed), parsed.InvocationConfiguration.Output, cancellationToken)));
        return command;
    }

    private static int Run(int seed, TextWriter output, CancellationToken cancellationToken)
    {
        output.WriteLine($"| shift | {string.Join(" | ", Detectors)} |");
        output.WriteLine($"| --- |{string.Concat(Detectors.Select(_ => " ---: |"))}");
        foreach (int shift in Shifts)
        {
            var rows = new RelatedRows(seed, shift);
            var found = Detectors.Select(name => rows.FoundBy(DetectorTrainers.Create(name, (ulong)seed), cancellationToken)).Select(counts => $"{counts.Found}, {counts.Named}");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {shift} times the noise | {string.Join(" | ", found)} |"));
        }

        return 0;
    }
}
