namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>The rows that stand for what is usual, in the encoding that the forest scores.</summary>
internal sealed class BackgroundRows
{
    private readonly float[] _all;
    private readonly int _columns;

    /// <param name="background">The rows; all are used.</param>
    /// <param name="schema">The columns of the forest.</param>
    /// <param name="wanted">The columns that the forest splits.</param>
    /// <exception cref="ArgumentException">There are no rows, more than fit, or other columns than the forest's.</exception>
    /// <exception cref="FeatureDataException">A cell is not one that the schema allows.</exception>
    public BackgroundRows(FeatureMatrix background, FeatureSchema schema, int[] wanted)
    {
        ThrowIfOtherColumns(background.Schema, schema);
        if (background.RowCount == 0)
            throw new ArgumentException("The background has no rows. Give at least one, or no background for values that follow from the trees alone.", nameof(background));
        if (background.CellCount > Array.MaxLength)
            throw new ArgumentException($"The background has {background.CellCount} cells; at most {Array.MaxLength} can be used. Give fewer rows.", nameof(background));
        Count = background.RowCount;
        _columns = schema.ColumnCount;
        _all = new float[background.CellCount];
        for (int row = 0; row < Count; row++)
            Copy(background, row, schema, _all.AsSpan(row * _columns, _columns));
        Cells = new float[Count * wanted.Length];
        for (int i = 0; i < Cells.Length; i++)
            Cells[i] = _all[(i / wanted.Length * _columns) + wanted[i % wanted.Length]];
    }

    /// <summary>The number of rows, at least 1.</summary>
    public int Count { get; }

    /// <summary>The cells of the columns that the forest splits, row by row.</summary>
    public float[] Cells { get; }

    /// <summary>The mean value that the rows' scores explain, with the mean credits of departures from constant columns.</summary>
    /// <param name="credits">The rule.</param>
    /// <param name="pathLengths">The mean path length of each row.</param>
    /// <param name="usual">Receives one mean credit per group.</param>
    public double Credit(DepartureCredits credits, ReadOnlySpan<double> pathLengths, Span<double> usual)
    {
        usual.Clear();
        double mean = 0;
        for (int row = 0; row < Count; row++)
            mean += credits.Add(_all.AsSpan(row * _columns, _columns), -pathLengths[row], usual) / Count;
        foreach (ref double credit in usual)
            credit /= Count;
        return mean;
    }

    private static void ThrowIfOtherColumns(FeatureSchema background, FeatureSchema schema)
    {
        bool areNamed = background.IsNamed && schema.IsNamed;
        if (background.ColumnCount != schema.ColumnCount || !background.LevelCounts.SequenceEqual(schema.LevelCounts) || (areNamed && !background.ColumnNames.SequenceEqual(schema.ColumnNames)))
            throw new ArgumentException($"The background has the columns {background}; the forest was fitted on {schema}. Give rows with the same columns and levels, in the same order.", nameof(background));
    }

    private static void Copy(FeatureMatrix background, int row, FeatureSchema schema, Span<float> target)
    {
        var cells = background.Cells(row);
        if (background.Schema.ColumnOffsets.SequenceEqual(schema.ColumnOffsets))
        {
            cells.CopyTo(target);
            EncodedRows.Check(target, schema, row);
            return;
        }

        double[] values = new double[cells.Length];
        for (int i = 0; i < cells.Length; i++)
            values[i] = cells[i] + background.Schema.ColumnOffsets[i];
        EncodedRows.Encode(values, schema, target, row);
    }
}
