namespace AnomalyKit.Csv;

/// <summary>A row as numbers, before it is rounded to float32.</summary>
/// <param name="values">One double per column, padded with zeros to whole vectors.</param>
/// <param name="rests">What the numbers in the file are more than these doubles, padded alike; empty where they are the same.</param>
/// <param name="label">Whether it is labeled as an anomaly.</param>
/// <param name="line">The line on which it starts.</param>
internal readonly ref struct ParsedRow(ReadOnlySpan<double> values, ReadOnlySpan<double> rests, bool label, long line)
{
    public ReadOnlySpan<double> Values { get; } = values;

    public ReadOnlySpan<double> Rests { get; } = rests;

    public bool Label { get; } = label;

    public long Line { get; } = line;
}
