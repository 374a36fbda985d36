using System.Buffers;
using AnomalyKit.Monitoring.Windows;

namespace AnomalyKit;

/// <summary>Gathers the rows of a window, batch by batch and in constant memory, so that they can be compared with a reference profile or another window.</summary>
/// <remarks>
/// Whatever the number of rows, a column of numbers or dates keeps at most 7,168 values (56 KiB) in a <see cref="QuantileSketch"/>, and a column of categories the counts of the reference's levels. Room to grow comes on
/// top, and once the window was compared, a sorted copy of the values with counts: at most 112 KiB per column, until more rows are added. Not thread-safe: give each thread a window, or take turns.
/// </remarks>
public sealed class DriftWindow
{
    private const int BlockRows = 512;

    private readonly ColumnWindow[] _columns;
    private readonly QuantileSketch _scores;
    private readonly NameList _ignored = NameList.Empty;
    private double[] _block = [];

    /// <summary>An empty window over the columns of a profile.</summary>
    /// <param name="profile">The profile that the detector was fitted with: it says which columns there are, and which levels are counted.</param>
    /// <param name="threshold">Scores above it are alerts; by default the threshold that the profile counted its alerts at.</param>
    /// <param name="seed">Decides which values the sketches drop. Windows that will be compared with each other should have different ones.</param>
    /// <exception cref="ArgumentException">The threshold is NaN.</exception>
    public DriftWindow(ReferenceProfile profile, double? threshold = null, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(profile);
        if (threshold is { } given && double.IsNaN(given))
            throw new ArgumentException("The threshold is NaN; it must be a number.", nameof(threshold));
        Profile = profile;
        Threshold = threshold ?? profile.AlertThreshold;
        // Unlike those of the profile, whatever the seed.
        _columns = [.. profile.Columns.Select((column, i) => new ColumnWindow(column, (seed << 20) + (ulong)i))];
        _scores = new QuantileSketch(QuantileSketch.DefaultCapacity, (seed << 20) + (ulong)_columns.Length);
    }

    /// <summary>The profile that the window was made for.</summary>
    public ReferenceProfile Profile { get; }

    /// <summary>Columns that the window does not gather, so that tables need not have them; none by default. A comparison reports them as not compared.</summary>
    /// <value>Names of columns of the profile. A matrix has all columns nevertheless, because they are found by position.</value>
    /// <exception cref="ArgumentException">The profile has no column of that name; the message lists those that it has.</exception>
    public IReadOnlyList<string> IgnoredColumns
    {
        get => _ignored;
        init
        {
            _ignored = new NameList(value, nameof(IgnoredColumns));
            _ignored.ThrowIfUnknown(Profile.Columns, nameof(IgnoredColumns));
            foreach (var column in _columns)
                column.IsIgnored = _ignored.Contains(column.Name);
        }
    }

    /// <summary>Scores above it are alerts; null where neither the profile nor the caller knew one.</summary>
    public double? Threshold { get; }

    /// <summary>The rows that were added.</summary>
    public long RowCount { get; private set; }

    /// <summary>The scores that were added.</summary>
    public long ScoreCount => _scores.Count;

    /// <summary>How many of the scores are above <see cref="Threshold"/>.</summary>
    public long AlertCount { get; private set; }

    internal QuantileSketch Scores => _scores;

    /// <summary>Adds rows.</summary>
    /// <param name="rows">Rows of the profile's columns, in its order; NaN is a missing cell in any column. Weights and labels are not looked at.</param>
    /// <exception cref="ArgumentException">The columns are not those of the profile.</exception>
    /// <exception cref="FeatureDataException">A cell is infinite; nothing was added.</exception>
    public void Add(FeatureMatrix rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ThrowIfOther(rows.Schema);
        InfiniteCells.ThrowIfAny(rows);
        if (_block.Length == 0)
            _block = new double[BlockRows];
        for (int row = 0; row < rows.RowCount;)
        {
            var cells = rows.ContiguousCells(row, BlockRows);
            int count = cells.Length / _columns.Length;
            for (int column = 0; column < _columns.Length; column++)
            {
                if (_columns[column].IsIgnored)
                    continue;
                double offset = rows.Schema.ColumnOffsets[column];
                var values = _block.AsSpan(0, count);
                for (int i = 0, at = column; i < values.Length; i++, at += _columns.Length)
                    values[i] = cells[at] + offset;
                _columns[column].Add(values);
            }

            row += count;
        }

        RowCount += rows.RowCount;
    }

    /// <summary>Adds the rows of a table.</summary>
    /// <param name="table">Rows with the columns of the profile, found by name in any order; further columns, and <see cref="IgnoredColumns"/>, are left alone.</param>
    /// <exception cref="TableDataException">A column is missing or of another kind, or a number is infinite; nothing was added.</exception>
    public void Add(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        TableColumn?[] bound = Array.ConvertAll(_columns, column => column.IsIgnored ? null : Bound(table, column));
        double[] values = ArrayPool<double>.Shared.Rent(table.RowCount);
        for (int i = 0; i < bound.Length; i++)
        {
            switch (bound[i])
            {
                case null:
                    break;
                case CategoryColumn categories:
                    _columns[i].Add(categories);
                    break;
                case BooleanColumn booleans:
                    _columns[i].Add(booleans);
                    break;
                default:
                    _columns[i].Add(Values(bound[i]!, values.AsSpan(0, table.RowCount)));
                    break;
            }
        }

        ArrayPool<double>.Shared.Return(values);
        RowCount += table.RowCount;
    }

    /// <summary>Adds scores: those of the rows, or of others of the same time.</summary>
    /// <param name="scores">Finite scores.</param>
    /// <exception cref="ArgumentException">A score is NaN or infinite; nothing was added.</exception>
    public void AddScores(ReadOnlySpan<float> scores)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            if (!float.IsFinite(scores[i]))
                throw new ArgumentException(FormattableString.Invariant($"Score {i} is {scores[i]}; a finite score was expected. Leave it out."), nameof(scores));
        }

        _scores.Add(scores);
        foreach (float score in scores)
            AlertCount += score > Threshold ? 1 : 0;
    }

    /// <summary>Rows and scores.</summary>
    /// <returns>For example <c>1000 rows, 1000 scores, 12 alerts</c>.</returns>
    public override string ToString() => $"{RowCount} rows, {ScoreCount} scores, {AlertCount} alerts";

    internal IReadOnlyList<ColumnSummary> Columns() => Array.ConvertAll(_columns, column => column.Summary());

    private void ThrowIfOther(FeatureSchema schema)
    {
        if (schema.ColumnCount != _columns.Length)
            throw new ArgumentException($"The rows have {schema.ColumnCount} columns ({schema}); the profile has {_columns.Length}. If the detector has a preparation, add the table itself.", nameof(schema));
        for (int i = 0; i < _columns.Length; i++)
        {
            if (schema.IsNamed && schema.ColumnNames[i] != _columns[i].Name)
                throw new ArgumentException($"Column {i} of the rows is '{schema.ColumnNames[i]}'; the profile has '{_columns[i].Name}' there. Choose and order the columns with SelectColumns.", nameof(schema));
            if ((schema.LevelCounts[i] > 0) != (_columns[i].Kind == ColumnKind.Category) || _columns[i].Kind is ColumnKind.Boolean or ColumnKind.DateTime)
                throw new ArgumentException($"Column {i} ('{_columns[i].Name}') is {_columns[i].Kind} in the profile, but not in the rows. If the detector has a preparation, add the table itself.", nameof(schema));
        }
    }

    private static TableColumn Bound(FeatureTable table, ColumnWindow column)
    {
        if (!table.Schema.TryIndexOf(column.Name, out int index))
            throw new TableDataException($"There is no column '{column.Name}', which the profile has. The columns are: {table.Schema}.", columnName: column.Name);
        var bound = table.Columns[index];
        if (bound.Kind != column.Kind)
            throw new TableDataException($"Column '{column.Name}' is {bound.Kind}; the profile has {column.Kind}. Read the table with the layout of the detector (TableDetector.Layout).", columnName: column.Name);
        for (int row = 0; bound is NumberColumn numbers && row < bound.RowCount; row++)
        {
            if (double.IsInfinity(numbers.Value(row)))
                throw new TableDataException($"Row {row}, column '{column.Name}' is infinite; a finite number was expected. Remove the row, or leave the cell missing.", row, column.Name);
        }

        return bound;
    }

    private static Span<double> Values(TableColumn column, Span<double> values)
    {
        if (column is NumberColumn numbers)
        {
            numbers.CopyTo(0, values);
        }
        else
        {
            var dates = (DateTimeColumn)column;
            for (int row = 0; row < values.Length; row++)
                values[row] = dates.IsMissing(row) ? double.NaN : dates.Ticks.Span[row];
        }

        return values;
    }
}
