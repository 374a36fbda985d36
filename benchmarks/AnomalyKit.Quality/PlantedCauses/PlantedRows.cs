namespace AnomalyKit.Quality;

/// <summary>Normal rows of which some columns were moved: the cause of what a detector sees in them is known.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Causes">For each row, the columns that were moved.</param>
internal sealed record PlantedRows(FeatureMatrix Rows, IReadOnlyList<int[]> Causes)
{
    /// <summary>How far columns are moved, in robust deviations.</summary>
    public const double Deviations = 6;

    /// <summary>Moves columns of normal rows, drawn at random, away from the median.</summary>
    /// <param name="test">Rows that the detector was not fitted on.</param>
    /// <param name="spreads">The spread of the training rows. Columns without one cannot be moved by it.</param>
    /// <param name="columns">How many columns are moved in each row.</param>
    /// <param name="within">Rows with a cell further than so many robust deviations from the median are left out: they have causes of their own.</param>
    /// <param name="maxRows">The most rows.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <returns>The rows; null where there are no such rows, or no more columns to move than are to be moved.</returns>
    public static PlantedRows? Draw(FeatureMatrix test, ColumnSpread[] spreads, int columns, double within, int maxRows, int seed)
    {
        int[] movable = [.. Enumerable.Range(0, spreads.Length).Where(column => spreads[column].Deviation > 0)];
        if (movable.Length <= columns)
            return null;
        var random = new Random(seed);
        int[] normal = [.. Enumerable.Range(0, test.RowCount).Where(row => !test.Labels.Span[row] && IsUsual(test.Cells(row), spreads, within))];
        random.Shuffle(normal);
        normal = normal[..Math.Min(maxRows, normal.Length)];
        if (normal.Length == 0)
            return null;
        var cells = new float[normal.Length * test.ColumnCount];
        var causes = new List<int[]>();
        for (int i = 0; i < normal.Length; i++)
        {
            var row = cells.AsSpan(i * test.ColumnCount, test.ColumnCount);
            test.Cells(normal[i]).CopyTo(row);
            random.Shuffle(movable);
            causes.Add(movable[..columns]);
            foreach (int column in causes[^1])
                row[column] = (float)(row[column] + (Deviations * spreads[column].Deviation * (row[column] < spreads[column].Median ? -1 : 1)));
        }

        return new PlantedRows(FeatureMatrix.Wrap(cells, test.Schema), causes);
    }

    private static bool IsUsual(ReadOnlySpan<float> row, ColumnSpread[] spreads, double within)
    {
        for (int column = 0; column < row.Length; column++)
        {
            // NaN, 0 / 0, where a column without a deviation keeps its median: usual.
            if (Math.Abs(row[column] - spreads[column].Median) / spreads[column].Deviation > within)
                return false;
        }

        return true;
    }

    /// <summary>The share of rows whose moved columns are the reasons that the detector gives, of as many as were moved.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public double Named(IAnomalyDetector detector, CancellationToken cancellationToken)
    {
        int named = 0;
        for (int row = 0; row < Rows.RowCount; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var options = new ExplanationOptions { MaxReasons = Causes[row].Length, Counterfactual = null };
            var reasons = detector.Explain(Rows, row, options).Reasons.Select(reason => reason.ColumnName);
            named += reasons.ToHashSet(StringComparer.Ordinal).SetEquals(Causes[row].Select(column => Rows.Schema.ColumnNames[column])) ? 1 : 0;
        }

        return (double)named / Rows.RowCount;
    }

    /// <summary>The share of rows whose moved columns are those that lie furthest from the median, in robust deviations: what can be found by looking at each column by itself.</summary>
    /// <param name="spreads">The spread of the training rows.</param>
    public double Furthest(ColumnSpread[] spreads) => Share(row =>
    {
        var cells = Rows.Cells(row);
        var far = new double[cells.Length];
        for (int column = 0; column < far.Length; column++)
            far[column] = spreads[column].Deviation > 0 ? Math.Abs(cells[column] - spreads[column].Median) / spreads[column].Deviation : 0;
        return far;
    });

    /// <summary>The share of rows whose moved columns are those with the greatest contributions.</summary>
    /// <param name="attributor">What explains the rows.</param>
    /// <param name="rows">How many of the rows are explained, from the first one on.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public double Found(RowAttributor attributor, int rows, CancellationToken cancellationToken)
    {
        rows = Math.Min(rows, Rows.RowCount);
        int columns = Rows.ColumnCount;
        var contributions = new double[rows * columns];
        attributor.Attribute(Rows.Slice(0, rows), contributions, new double[rows], new double[rows], cancellationToken: cancellationToken);
        return Share(row => contributions[(row * columns)..((row + 1) * columns)], rows);
    }

    private double Share(Func<int, double[]> valuesOf, int? rows = null)
    {
        int count = rows ?? Rows.RowCount;
        int found = 0;
        for (int row = 0; row < count; row++)
        {
            double[] values = valuesOf(row);
            double least = Causes[row].Min(column => values[column]);
            int above = values.Where((value, column) => value >= least && !Causes[row].Contains(column)).Count();
            found += above == 0 ? 1 : 0;
        }

        return (double)found / count;
    }
}
