namespace AnomalyKit;

/// <summary>Brings cells from one schema's offsets to another's.</summary>
internal sealed class SchemaRebase
{
    private readonly double[] _shifts;

    private SchemaRebase(double[] shifts) => _shifts = shifts;

    /// <summary>The way from one schema to another with the same number of columns, or null if their offsets are the same.</summary>
    public static SchemaRebase? Between(FeatureSchema from, FeatureSchema to)
    {
        if (from.ColumnOffsets.SequenceEqual(to.ColumnOffsets))
            return null;
        var shifts = new double[from.ColumnCount];
        for (int i = 0; i < shifts.Length; i++)
            shifts[i] = from.ColumnOffsets[i] - to.ColumnOffsets[i];
        return new SchemaRebase(shifts);
    }

    public void Apply(ReadOnlySpan<float> rows, Span<float> destination)
    {
        for (int start = 0; start < rows.Length; start += _shifts.Length)
        {
            for (int i = 0; i < _shifts.Length; i++)
                destination[start + i] = (float)(rows[start + i] + _shifts[i]);
        }
    }
}
