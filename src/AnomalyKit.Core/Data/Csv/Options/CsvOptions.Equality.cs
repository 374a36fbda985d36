namespace AnomalyKit;

public sealed partial record CsvOptions
{
    /// <summary>Whether both read the same way: lists, sets and offsets by content, callbacks by reference.</summary>
    /// <param name="other">The other options.</param>
    /// <returns>Whether all properties are equal.</returns>
    public bool Equals(CsvOptions? other) => other is not null
        && Delimiter == other.Delimiter
        && Equals(Encoding, other.Encoding)
        && HasHeader == other.HasHeader
        && SameList(Columns, other.Columns)
        && SameList(IgnoreColumns, other.IgnoreColumns)
        && SameSet(AnomalyLabels, other.AnomalyLabels)
        && SameOffsets(ColumnOffsets, other.ColumnOffsets)
        && AutomaticOffsets == other.AutomaticOffsets
        && BadRows == other.BadRows
        && MaxSkippedRows == other.MaxSkippedRows
        && MaxRows == other.MaxRows
        && Equals(BadRowReport, other.BadRowReport)
        && Equals(Progress, other.Progress)
        && Equals(Report, other.Report);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Delimiter);
        hash.Add(HasHeader);
        hash.Add(AutomaticOffsets);
        hash.Add(BadRows);
        hash.Add(MaxRows);
        foreach (string name in Columns ?? [])
            hash.Add(name, StringComparer.Ordinal);
        foreach (string name in IgnoreColumns)
            hash.Add(name, StringComparer.Ordinal);
        // Sets and dictionaries have no order, so only their sizes are counted.
        hash.Add(AnomalyLabels?.Count);
        hash.Add(ColumnOffsets.Count);
        return hash.ToHashCode();
    }

    private static bool SameList(IReadOnlyList<string>? left, IReadOnlyList<string>? right) =>
        left is null || right is null ? left == right : left.SequenceEqual(right, StringComparer.Ordinal);

    private static bool SameSet(IReadOnlySet<string>? left, IReadOnlySet<string>? right) =>
        left is null || right is null ? left == right : left.SetEquals(right);

    private static bool SameOffsets(IReadOnlyDictionary<string, double> left, IReadOnlyDictionary<string, double> right) =>
        left.Count == right.Count && left.All(pair => right.TryGetValue(pair.Key, out double offset) && offset.Equals(pair.Value));
}
