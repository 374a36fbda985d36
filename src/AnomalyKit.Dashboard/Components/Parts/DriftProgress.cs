namespace AnomalyKit.Dashboard.Components.Parts;

/// <summary>How far the comparison of live rows is, in words.</summary>
internal static class DriftProgress
{
    /// <summary>What is missing until the first comparison.</summary>
    public static string Waiting(ModelDrift drift) =>
        $"Waiting for the first window: {Text.Count(drift.CurrentWindowRows)} of {Text.Count(drift.WindowRows)} sampled rows ({(drift.SampleEvery == 1 ? "every row is sampled" : $"one row in {drift.SampleEvery} is sampled")}).{Skipped(drift)}";

    /// <summary>The rows that nobody looked at, as a sentence behind others; empty where there are none.</summary>
    public static string Skipped(ModelDrift drift) =>
        drift.SkippedRows == 0 ? string.Empty : $" {Text.Count(drift.SkippedRows)} {(drift.SkippedRows == 1 ? "row" : "rows")} came too fast to be looked at.";
}
