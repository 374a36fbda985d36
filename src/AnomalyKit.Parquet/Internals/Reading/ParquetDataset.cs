using AnomalyKit.Parquet.Cells;
using AnomalyKit.Parquet.Files;
using AnomalyKit.Tables;
using ParquetSharp;

namespace AnomalyKit.Parquet.Reading;

/// <summary>All files of a source: their columns agree, and their rows are counted.</summary>
internal sealed class ParquetDataset
{
    private ParquetDataset(IReadOnlyList<PartFile> files, TableSchema schema, WantedColumn[] columns, IReadOnlyDictionary<string, string> unread, long rowCount)
    {
        Files = files;
        Schema = schema;
        Columns = columns;
        Unread = unread;
        RowCount = rowCount;
    }

    public IReadOnlyList<PartFile> Files { get; }

    public TableSchema Schema { get; }

    public WantedColumn[] Columns { get; }

    public IReadOnlyDictionary<string, string> Unread { get; }

    public long RowCount { get; }

    /// <summary>Looks at the footers of all files.</summary>
    public static ParquetDataset Open(IReadOnlyList<PartFile> files, TableLayout layout)
    {
        using var first = OpenFile.Open(files[0]);
        var partitions = Partitions(files);
        var (found, sources) = NativeCalls.Read(first.Name, first.Stream, () => Find(first, partitions, layout));
        var (schema, chosen) = found.Select(layout);
        var columns = schema.Fields.Zip(chosen, (field, source) => source < 0
            ? new WantedColumn(field, false, partitions[~source], partitions[~source].Kind == ColumnKind.Number ? CellShape.Int64 : CellShape.Text)
            : new WantedColumn(field, EveryDigit(layout, field.Name), null, sources[source])).ToArray();
        long rows = first.RowCount;
        foreach (var file in files.Skip(1))
        {
            using var next = OpenFile.Open(file);
            rows += next.RowCount;
            NativeCalls.Read(next.Name, next.Stream, () => Agree(columns, next, first.Name));
        }

        return new ParquetDataset(files, schema, columns, found.Unread, rows);
    }

    /// <summary>Whether numbers that a double rounds are wanted as text: in ids every digit counts.</summary>
    private static bool EveryDigit(TableLayout layout, string name) =>
        layout.Kinds.TryGetValue(name, out var kind) ? kind == ColumnKind.Category : layout.IdColumns.Contains(name);

    private static (FoundColumns Found, Dictionary<int, CellShape> Shapes) Find(OpenFile file, List<PartitionColumn> partitions, TableLayout layout)
    {
        var found = new FoundColumns();
        var shapes = new Dictionary<int, CellShape>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < file.Metadata.NumColumns; i++)
        {
            var column = file.Metadata.Schema.Column(i);
            string name = RootName(column);
            names.Add(name);
            if (CellChoice.For(column, EveryDigit(layout, name), out string reason) is not { } cells)
                found.AddUnread(name, reason);
            else if (string.IsNullOrWhiteSpace(name))
                found.AddUnread(name, "has no name");
            else
            {
                shapes.Add(i, cells.Shape);
                found.Add(new TableField(name, Shapes.Kind(cells.Shape), origin: $"Parquet: {Describe(column)}"), i);
            }
        }

        for (int i = 0; i < partitions.Count; i++)
        {
            // A file that has the column itself knows better.
            if (names.Add(partitions[i].Name))
                found.Add(new TableField(partitions[i].Name, partitions[i].Kind, origin: "folder names"), ~i);
        }

        return (found, shapes);
    }

    private static string RootName(ColumnDescriptor column)
    {
        using var path = column.Path;
        return path.ToDotVector()[0];
    }

    private static string Describe(ColumnDescriptor column)
    {
        using var type = column.LogicalType;
        return type is NoneLogicalType ? column.PhysicalType.ToString() : type.ToString();
    }

    private static bool Agree(WantedColumn[] columns, OpenFile file, string firstName)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            if (columns[i].Partition is not null)
                continue;
            string name = columns[i].Field.Name;
            int index = IndexOf(file, name);
            if (CellChoice.For(file.Metadata.Schema.Column(index), columns[i].EveryDigit, out string reason) is not { } cells)
                throw CellErrors.Unread(name, $"of {file.Name} {reason}");
            columns[i] = columns[i] with
            {
                Shape = Shapes.Common(columns[i].Shape, cells.Shape) ?? throw new TableDataException(
                    $"Column '{name}' holds {Shapes.Describe(cells.Shape)} in {file.Name} and {Shapes.Describe(columns[i].Shape)} in {firstName}. Write both with the same type, or leave the column out (IgnoredColumns).",
                    columnName: name),
            };
        }

        return true;
    }

    /// <summary>The leaf column of a name; names that a layout may ask for occur once.</summary>
    public static int IndexOf(OpenFile file, string name)
    {
        int found = -1;
        for (int i = 0; i < file.Metadata.NumColumns; i++)
        {
            if (RootName(file.Metadata.Schema.Column(i)) != name)
                continue;
            if (found >= 0)
                throw new TableDataException($"{file.Name} has two columns '{name}', or one that is nested. Rename one.", columnName: name);
            found = i;
        }

        return found >= 0 ? found : throw new TableDataException(
            $"{file.Name} has no column '{name}', which other files of the data set have. Leave the column out (IgnoredColumns), or the file.", columnName: name);
    }

    private static List<PartitionColumn> Partitions(IReadOnlyList<PartFile> files)
    {
        string[] names = [.. files[0].Partitions.Select(partition => partition.Key).Distinct(StringComparer.Ordinal)];
        foreach (var file in files)
        {
            if (!file.Partitions.Select(partition => partition.Key).Distinct(StringComparer.Ordinal).SequenceEqual(names))
            {
                throw new TableDataException(
                    $"{file.Name} lies in folders that name ({string.Join(", ", file.Partitions.Select(partition => partition.Key))}), {files[0].Name} in folders that name ({string.Join(", ", names)}). " +
                    "All files need the same keys, or turn ReadPartitions off.");
            }
        }

        return [.. names.Select(name => new PartitionColumn(name, [.. files.Select(file => file.Partitions.Last(partition => partition.Key == name).Value)]))];
    }
}
