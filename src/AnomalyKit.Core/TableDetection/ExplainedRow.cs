namespace AnomalyKit;

/// <summary>A row of a source with its explanation.</summary>
public sealed class ExplainedRow
{
    internal ExplainedRow(long row, FeatureTable values, Explanation explanation)
    {
        Row = row;
        Values = values;
        Explanation = explanation;
    }

    /// <summary>The number of the row in its source, from 0.</summary>
    public long Row { get; }

    /// <summary>The row as it was read: a table of one row.</summary>
    public FeatureTable Values { get; }

    /// <summary>Why it is an alert, or is none.</summary>
    public Explanation Explanation { get; }

    /// <summary>The number of the row and its explanation.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"Row {Row}: {Explanation}";
}
