using AnomalyKit.Persistence;
using AnomalyKit.Preparation;
using AnomalyKit.Tables;

namespace AnomalyKit;

/// <summary>Takes tables to matrices, as it was fitted to. A row becomes the same cells whatever rows are beside it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class FittedPreparation
{
    private const int BlockRows = 1024;

    private readonly int[] _columns;
    private readonly int[] _sources;
    private readonly int[] _tiles;
    private readonly ColumnEncoder[] _allEncoders;
    private readonly NumberRows? _numbers;
    private readonly Dictionary<string, ColumnEncoder> _encoders = new(StringComparer.Ordinal);

    internal FittedPreparation(TableSchema schema, IReadOnlyList<ColumnEncoder> encoders)
    {
        Schema = schema;
        _allEncoders = [.. encoders];
        _tiles = NumberTiles.StartsOf(_allEncoders);
        _columns = new int[encoders.Count];
        var columns = new List<PreparedColumn>();
        var offsets = new List<double>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < encoders.Count; i++)
        {
            _columns[i] = columns.Count;
            foreach (string part in encoders[i].Parts)
            {
                string name = NameOf(encoders[i].Source, part);
                // A level may be called as another column is.
                while (!taken.Add(name))
                    name = $"{name} ({columns.Count})";
                columns.Add(new PreparedColumn(name, schema.IndexOf(encoders[i].Source), encoders[i].Source, part));
                offsets.Add(encoders[i].Offset);
            }
        }

        foreach (var encoder in encoders.Where(encoder => encoder is not IndicatorEncoder))
            _encoders.TryAdd(encoder.Source, encoder);
        Columns = columns.AsReadOnly();
        _sources = Array.ConvertAll(_columns, column => Columns[column].SourceIndex);
        Output = OutputSchema(columns, offsets, encoders);
        Sources = GroupsOf(Columns);
        _numbers = NumberRows.Of(_allEncoders, _sources, schema.ColumnCount);
    }

    /// <summary>The columns of the table that are looked at, with the kinds that they had in the fit; all are features.</summary>
    public TableSchema Schema { get; }

    /// <summary>The columns of the matrix, and where each comes from.</summary>
    public IReadOnlyList<PreparedColumn> Columns { get; }

    /// <summary>Whether a cell of a column may be missing: whether the fit had a rule for it. Otherwise a row without it is refused.</summary>
    /// <param name="columnName">A column of <see cref="Schema"/>, compared ordinally.</param>
    /// <returns>Whether a row without a value is taken.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public bool AcceptsMissing(string columnName)
    {
        ArgumentNullException.ThrowIfNull(columnName);
        return _encoders.TryGetValue(columnName, out var encoder) ? !encoder.RefusesMissing : Schema.IndexOf(columnName) >= 0;
    }

    /// <summary>The schema of the matrix.</summary>
    public FeatureSchema Output { get; }

    /// <summary>The columns of the matrix by the column of the table that they come from: what attributions are given by.</summary>
    public ColumnGroups Sources { get; }

    internal IReadOnlyList<ColumnEncoder> Encoders => _allEncoders;

    /// <summary>Whether every column of <see cref="Schema"/> holds numbers, so that rows can be given as their values.</summary>
    public bool TakesValues => Encoders.All(encoder => encoder.TakesValues);

    /// <summary>Prepares all rows of a table.</summary>
    /// <param name="table">Rows with the columns of <see cref="Schema"/>, found by name in any order; further columns are left alone. A label and weights, if the table has them, ride along.</param>
    /// <param name="firstRow">The number of the first row in its source, for errors.</param>
    /// <param name="cancellationToken">Stops the preparation.</param>
    /// <returns>A matrix of <see cref="Output"/>.</returns>
    /// <exception cref="TableDataException">A column is missing or of another kind, or a cell cannot be used; row, column and value are named.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public FeatureMatrix Apply(FeatureTable table, long firstRow = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Apply(table, TableLabels.Of(table, firstRow), firstRow, cancellationToken);
    }

    /// <summary>Prepares all rows of a table without a look at its labels, which fits and explanations have no use for: rows may not have been judged yet.</summary>
    internal FeatureMatrix ApplyUnlabeled(FeatureTable table, long firstRow = 0, CancellationToken cancellationToken = default) => Apply(table, labels: null, firstRow, cancellationToken);

    private FeatureMatrix Apply(FeatureTable table, bool[]? labels, long firstRow, CancellationToken cancellationToken)
    {
        var bound = Bind(table);
        var builder = new FeatureMatrixBuilder(Output, table.RowCount);
        for (int row = 0; row < table.RowCount;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var cells = builder.GetSpan(Math.Min(BlockRows, table.RowCount - row));
            int rows = cells.Length / Output.ColumnCount;
            Encode(bound, row, rows, cells, firstRow);
            builder.Advance(rows);
            row += rows;
        }

        var matrix = builder.Build(labels, labels is not null);
        return TableWeights.Of(table, firstRow) is { } weights && table.RowCount > 0 ? matrix.WithWeights(weights) : matrix;
    }

    /// <summary>What takes the values of a column of the table to cells, marks of missing ones apart; null for a column that is not looked at.</summary>
    internal ColumnEncoder? EncoderOf(string source) => _encoders.GetValueOrDefault(source);

    /// <summary>Whether something peculiar about the prepared rows comes from how they are prepared: the cells of a category's levels add up to 1 in every row, and the cell of levels that were not there is 0 in all rows of the fit.</summary>
    /// <param name="finding">What a detector, or a scaling, found in rows of <see cref="Output"/>.</param>
    /// <returns>True where the finding says nothing about the rows of the table, so that nobody can act on it.</returns>
    public bool IsCauseOf(DataFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return finding.Columns.All(column => column >= 0 && column < Columns.Count) && EncodingFindings.AreCause(finding, [.. finding.Columns.Select(PartOf)]);
    }

    private (ColumnEncoder Encoder, int Part) PartOf(int column)
    {
        int encoder = Array.FindLastIndex(_columns, start => start <= column);
        return (_allEncoders[encoder], column - _columns[encoder]);
    }

    /// <summary>Finds the columns of a table, and checks their kinds.</summary>
    internal TableColumn[] Bind(FeatureTable table)
    {
        var bound = new TableColumn[Schema.ColumnCount];
        for (int i = 0; i < bound.Length; i++)
        {
            var expected = Schema.Fields[i];
            if (!table.Schema.TryIndexOf(expected.Name, out int index))
            {
                throw new TableDataException(
                    $"There is no column '{expected.Name}', which the detector was fitted on. The columns are: {table.Schema.Names()}.", columnName: expected.Name);
            }

            bound[i] = table.Columns[index];
            if (bound[i].Kind != expected.Kind)
                ThrowOtherKind(expected, table.Schema.Fields[index], bound[i]);
        }

        return bound;
    }

    /// <summary>Prepares a block of rows.</summary>
    internal void Encode(TableColumn[] bound, int start, int rows, Span<float> cells, long firstRow)
    {
        int stride = Output.ColumnCount;
        ReadOnlySpan<ColumnEncoder> encoders = _allEncoders;
        // So many rows at once that their cells stay in the nearest cache while column after column is filled in.
        int stepRows = Math.Clamp((16 << 10) / (stride * sizeof(float)), 16, BlockRows);
        for (int done = 0; done < rows; done += stepRows)
        {
            int count = Math.Min(stepRows, rows - done);
            var step = cells.Slice(done * stride, count * stride);
            for (int i = 0; i < encoders.Length;)
            {
                int tile = _tiles[i];
                int end = tile < 0 ? i + 1 : tile + NumberTiles.Columns;
                if (tile < 0 || !NumberTiles.TryEncode(encoders.Slice(tile, NumberTiles.Columns), bound, _sources.AsSpan(tile, NumberTiles.Columns), new RowCells(step, stride, _columns[tile], start + done, count, firstRow)))
                {
                    for (int one = i; one < end; one++)
                        encoders[one].Encode(bound[_sources[one]], new RowCells(step, stride, _columns[one], start + done, count, firstRow));
                }

                i = end;
            }
        }
    }

    /// <summary>Prepares rows of numbers, row-major, in the order of the columns of <see cref="Schema"/>.</summary>
    internal void EncodeValues(ReadOnlySpan<double> values, int rows, Span<float> cells, long firstRow)
    {
        if (_numbers is not null && _numbers.TryEncode(values, cells))
            return;
        for (int i = 0; i < Encoders.Count; i++)
            Encoders[i].EncodeValues(values[_sources[i]..], Schema.ColumnCount, new RowCells(cells, Output.ColumnCount, _columns[i], 0, rows, firstRow));
    }

    internal void WriteTo(ModelWriter writer) => PreparationFormat.Write(this, writer);

    /// <summary>One group per column of the table that is encoded, in the table's order.</summary>
    private static ColumnGroups GroupsOf(IReadOnlyList<PreparedColumn> columns)
    {
        int[] sources = [.. columns.Select(column => column.SourceIndex).Distinct().Order()];
        return new ColumnGroups(
            columns.Select(column => Array.BinarySearch(sources, column.SourceIndex)),
            sources.Select(source => columns.First(column => column.SourceIndex == source).SourceName));
    }

    private FeatureSchema OutputSchema(List<PreparedColumn> columns, List<double> offsets, IReadOnlyList<ColumnEncoder> encoders)
    {
        var levels = new Dictionary<string, int>(StringComparer.Ordinal);
        var missing = new List<string>();
        for (int i = 0; i < encoders.Count; i++)
        {
            if (encoders[i].LevelCount > 0)
                levels.Add(columns[_columns[i]].Name, encoders[i].LevelCount);
            if (encoders[i].LeavesMissing)
                missing.AddRange(columns.Skip(_columns[i]).Take(encoders[i].Parts.Count).Select(column => column.Name));
        }

        var schema = new FeatureSchema(columns.Select(column => column.Name), offsets);
        if (levels.Count > 0)
            schema = schema.WithCategories(levels);
        return missing.Count > 0 ? schema.WithMissing(missing) : schema;
    }

    private static void ThrowOtherKind(TableField expected, TableField found, TableColumn column)
    {
        int row = 0;
        while (row < column.RowCount && column.IsMissing(row))
            row++;
        // A column without a single value says nothing about its kind; whoever read it should have been told.
        string value = row < column.RowCount ? $" Row {row} is '{column.Text(row)}'." : " All its cells are missing.";
        throw new TableDataException(
            $"Column '{expected.Name}' is {Words(found.Kind)} ({found.Origin}); the detector was fitted on {Words(expected.Kind)}.{value} Read the table with the layout of the detector (TableDetector.Layout), "
            + "which says what each column holds.",
            row < column.RowCount ? row : -1,
            expected.Name);
    }

    private static string Words(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => "a column of numbers",
        ColumnKind.Category => "a column of categories",
        ColumnKind.Boolean => "a column of booleans",
        _ => "a column of dates",
    };

    private static string NameOf(string source, string part) => part switch
    {
        "value" => source,
        _ when part.StartsWith('=') => $"{source} {part}",
        _ => $"{source}: {part}",
    };
}
