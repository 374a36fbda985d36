namespace AnomalyKit.EllipticEnvelope.Cells;

/// <summary>The wrong cells of rows, in the units of the rows: behind a transform that scales each column by itself, or none.</summary>
internal sealed class EnvelopeCells
{
    private readonly FeatureTransform _transform;
    private readonly FeatureSchema _schema;
    private readonly CellPrecision _precision;
    private readonly CellSearch _search;
    private readonly int[][] _columns;

    private EnvelopeCells(FeatureTransform transform, FeatureSchema schema, CellPrecision precision, int[][] columns)
    {
        _transform = transform;
        _schema = schema;
        _precision = precision;
        _columns = columns;
        _search = new CellSearch(precision, columns);
    }

    /// <summary>Prepares the search.</summary>
    /// <param name="transform">What is between rows and the model.</param>
    /// <param name="schema">The columns of the rows.</param>
    /// <param name="groups">The groups of columns whose cells go together.</param>
    /// <param name="model">The envelope.</param>
    /// <param name="deviations">The standard deviation of each column.</param>
    /// <returns>Null where cells cannot be told apart behind the transform, or a group has too many columns.</returns>
    public static EnvelopeCells? Of(FeatureTransform transform, FeatureSchema schema, ColumnGroups groups, EllipticEnvelopeModel model, double[] deviations)
    {
        if (!transform.IsIdentity && transform is not ColumnScaling)
            return null;
        var columns = new List<int>[groups.Count];
        for (int j = 0; j < groups.ColumnCount; j++)
            (columns[groups.GroupOf[j]] ??= []).Add(j);
        return columns.Any(group => group.Count > CellSearch.WidestGroup)
            ? null
            : new EnvelopeCells(transform, schema, new CellPrecision(model, deviations), [.. columns.Select(group => group.ToArray())]);
    }

    public IReadOnlyList<DeviatingCell> Find(ReadOnlySpan<float> row)
    {
        var image = new float[row.Length];
        if (_transform.IsIdentity)
            row.CopyTo(image);
        else
            _transform.Apply(row, image);
        var slopes = new double[row.Length];
        _precision.Slopes(image, slopes);
        var (groups, freed) = _search.Find(slopes);
        double[] excesses = freed.Excesses();
        var expected = new double[row.Length];
        for (int j = 0; j < expected.Length; j++)
            expected[j] = row[j] + _schema.ColumnOffsets[j];
        for (int i = 0; i < excesses.Length; i++)
            expected[freed.Columns[i]] -= excesses[i] * (_transform is ColumnScaling scaling ? scaling.Scales[freed.Columns[i]] : 1);

        // Distances beyond double, which only a file that was tampered with can bring about, say nothing.
        return groups.All(found => double.IsFinite(found.Deviation)) && expected.All(double.IsFinite)
            ? [.. groups.Select(found => new DeviatingCell(found.Group, found.Deviation, Array.ConvertAll(_columns[found.Group], column => expected[column])))]
            : [];
    }
}
