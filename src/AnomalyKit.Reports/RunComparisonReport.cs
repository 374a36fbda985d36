using System.Diagnostics.CodeAnalysis;
using AnomalyKit.Reporting;
using AnomalyKit.Reports;

namespace AnomalyKit;

/// <summary>Several runs side by side, as something to send: JSON for programs, or one HTML page for people.</summary>
/// <remarks>Immutable. The same runs give the same text.</remarks>
public sealed class RunComparisonReport
{
    /// <summary>The most runs that a page can show side by side.</summary>
    public const int MaxRuns = 100;

    private const string Trimming = "The charts are drawn with OxyPlot, which is not annotated for trimming. Use ToJson in programs that are trimmed or compiled ahead of time.";

    /// <summary>Puts runs side by side.</summary>
    /// <param name="runs">1 to <see cref="MaxRuns"/> runs, each once, in the order in which they are shown.</param>
    /// <exception cref="ArgumentException">There is none, there are too many, or one is there twice.</exception>
    public RunComparisonReport(params IReadOnlyList<ComparedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        if (runs.Count is 0 or > MaxRuns)
            throw new ArgumentException($"{runs.Count} runs cannot be compared. Give 1 to {MaxRuns}.", nameof(runs));
        if (runs.GroupBy(run => run.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"The run {twice.Key} appears twice. Give each run once.", nameof(runs));
        Runs = [.. runs];
    }

    /// <summary>The runs, in the order that was given.</summary>
    public IReadOnlyList<ComparedRun> Runs { get; }

    /// <summary>The heading of the page; <c>Comparison of runs</c> by default.</summary>
    public string Title { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = "Comparison of runs";

    /// <summary>The report as JSON with names in snake case.</summary>
    /// <returns>
    /// Indented JSON: <c>format</c> (<c>anomalykit.run_comparison</c>), <c>version</c> (1), <c>title</c> and <c>runs</c>, each with <c>run_id</c>, <c>name</c>, <c>experiment</c>, <c>status</c>, <c>seconds</c>,
    /// <c>parameters</c> and <c>metrics</c>. Values that are not finite are the texts NaN, Infinity and -Infinity.
    /// </returns>
    public string ToJson() => RunComparisonJson.Of(Title, Runs);

    /// <summary>The report as one HTML page: parameters that differ first, then metrics, then curves over steps. It fetches nothing, runs nothing, and follows the reader's light or dark setting.</summary>
    /// <returns>A whole document.</returns>
    [RequiresUnreferencedCode(Trimming)]
    public string ToHtml() => RunComparisonPage.Of(Title, Runs);

    /// <summary>Writes the report; the file appears whole or not at all.</summary>
    /// <param name="path">A file ending in <c>.json</c>, <c>.html</c> or <c>.htm</c>; an existing one is replaced.</param>
    /// <exception cref="ArgumentException">The path has another ending.</exception>
    /// <exception cref="IOException">The file cannot be written; an existing one is left as it was.</exception>
    [RequiresUnreferencedCode(Trimming)]
    public void Save(string path) => ReportFile.Save(path, ToJson, ToHtml);
}
