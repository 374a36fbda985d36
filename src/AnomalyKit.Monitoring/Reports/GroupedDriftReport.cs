using System.Text.Json;
using AnomalyKit.Monitoring.Reports;
using AnomalyKit.Reporting;

namespace AnomalyKit;

/// <summary>A comparison by groups as something to send: JSON for programs, or one HTML page without anything from elsewhere for people.</summary>
/// <remarks>Immutable. The same comparison gives the same text.</remarks>
public sealed class GroupedDriftReport
{
    /// <summary>Reports a comparison.</summary>
    /// <param name="drift">What was compared.</param>
    public GroupedDriftReport(GroupedDrift drift)
    {
        ArgumentNullException.ThrowIfNull(drift);
        Drift = drift;
    }

    /// <summary>What was compared.</summary>
    public GroupedDrift Drift { get; }

    /// <summary>The heading of the page; <c>Drift by group</c> by default.</summary>
    public string Title { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = "Drift by group";

    /// <summary>What the rows of before are called, for example the name of their file; null (the default) for no name.</summary>
    public string? ReferenceName { get; init; }

    /// <summary>What the rows of now are called, for example the name of their file; null (the default) for no name.</summary>
    public string? CurrentName { get; init; }

    /// <summary>What to make of it, in a sentence or two.</summary>
    public string Advice => GroupWords.Advice(Drift);

    /// <summary>The report as JSON with names in snake case: <c>column</c>, <c>groups</c> and the level of one group.</summary>
    /// <returns>Indented JSON; every number is finite.</returns>
    public string ToJson() => JsonSerializer.Serialize(GroupJson.Of(Drift, Title, ReferenceName, CurrentName), GroupJsonContext.Readable.GroupDocument);

    /// <summary>The report as one HTML page: a table of the groups and the columns that drifted in any of them. It fetches nothing, runs nothing, and follows the reader's light or dark setting.</summary>
    /// <returns>A whole document.</returns>
    public string ToHtml() => GroupPage.Of(Drift, Title, ReferenceName, CurrentName);

    /// <summary>Writes the report; the file appears whole or not at all.</summary>
    /// <param name="path">A file ending in <c>.json</c>, <c>.html</c> or <c>.htm</c>; an existing one is replaced.</param>
    /// <exception cref="ArgumentException">The path has another ending.</exception>
    /// <exception cref="IOException">The file cannot be written; an existing one is left as it was.</exception>
    public void Save(string path) => ReportFile.Save(path, ToJson, ToHtml);

    /// <summary>Which groups drifted, in a line.</summary>
    /// <returns>As <see cref="GroupedDrift.ToString"/>.</returns>
    public override string ToString() => Drift.ToString();
}
