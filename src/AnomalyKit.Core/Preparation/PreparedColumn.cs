namespace AnomalyKit;

/// <summary>A column of a prepared matrix: where it comes from.</summary>
public sealed class PreparedColumn
{
    internal PreparedColumn(string name, int sourceIndex, string sourceName, string part)
    {
        Name = name;
        SourceIndex = sourceIndex;
        SourceName = sourceName;
        Part = part;
    }

    /// <summary>The name in the matrix: that of the source, or for example <c>merchant = Shell</c>, <c>time: hour (sine)</c>.</summary>
    public string Name { get; }

    /// <summary>The position of the table's column among the features of <see cref="FittedPreparation.Schema"/>.</summary>
    public int SourceIndex { get; }

    /// <summary>The name of the table's column.</summary>
    public string SourceName { get; }

    /// <summary>What of the column it holds: <c>value</c>, <c>= Shell</c>, <c>hour (sine)</c>, <c>is missing</c>.</summary>
    public string Part { get; }

    /// <summary>The name.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;
}
