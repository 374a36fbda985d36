namespace AnomalyKit.Dashboard.Components.Parts;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What the legend says.</param>
/// <param name="Style">A class of dashboard.css: colour and dashes.</param>
/// <param name="Points">Points in the units of the axes.</param>
public sealed record ChartSeries(string Name, string Style, IReadOnlyList<(double X, double Y)> Points);
