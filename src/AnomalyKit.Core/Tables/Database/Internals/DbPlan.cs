using System.Data.Common;

namespace AnomalyKit.Database;

/// <summary>Decides which columns of a query are read, and what they hold.</summary>
internal sealed class DbPlan
{
    private readonly DbDataReader _reader;
    private readonly TableLayout _layout;
    private readonly TableSelection _names;
    private readonly ValueEvidence?[] _evidence;

    public DbPlan(DbDataReader reader, TableLayout layout)
    {
        _reader = reader;
        _layout = layout;
        BelongToValues = DbKinds.BelongToValues(reader);
        _names = layout.Select([.. Enumerable.Range(0, reader.FieldCount).Select(i => new TableField(Name(i), ColumnKind.Category))]);
        _evidence = new ValueEvidence?[reader.FieldCount];
        foreach (int i in _names.SourceColumns)
        {
            bool isOpen = !layout.Kinds.ContainsKey(Name(i)) && (BelongToValues || reader.GetFieldType(i) == typeof(object));
            _evidence[i] = isOpen && DbKinds.OfDeclaredName(reader.GetDataTypeName(i)) is null ? new ValueEvidence() : null;
        }
    }

    /// <summary>Whether types belong to values.</summary>
    public bool BelongToValues { get; }

    /// <summary>Whether first rows must be looked at.</summary>
    public bool NeedsHead => Array.Exists(_evidence, evidence => evidence is not null);

    /// <summary>Looks at a row.</summary>
    public void Look(object?[] row)
    {
        for (int i = 0; i < row.Length; i++)
            _evidence[i]?.Look(row[i]);
    }

    /// <summary>The current row, with nothing in place of columns that are not read.</summary>
    public object?[] Copy()
    {
        var row = new object?[_evidence.Length];
        foreach (int i in _names.SourceColumns.Order())
            row[i] = _reader.GetValue(i);
        return row;
    }

    public (TableSchema Schema, DbCells[] Cells) Decide()
    {
        var found = new TableField[_evidence.Length];
        for (int i = 0; i < found.Length; i++)
            found[i] = new TableField(Name(i), ColumnKind.Category);
        foreach (int i in _names.SourceColumns)
            found[i] = Decide(i);
        var selection = _layout.Select(found);
        var cells = new DbCells[selection.SourceColumns.Count];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = Cells(selection.Schema.Fields[i], selection.SourceColumns[i]);
        return (selection.Schema, cells);
    }

    private string Name(int i) => _reader.GetName(i) is { } name && !string.IsNullOrWhiteSpace(name) ? name : $"f{i}";

    private TableField Decide(int i)
    {
        string name = Name(i);
        var type = _reader.GetFieldType(i);
        string typeName = _reader.GetDataTypeName(i);
        if (_layout.Kinds.TryGetValue(name, out var declared) && (BelongToValues || type != typeof(byte[])))
            return new TableField(name, declared);
        var (kind, reason) = _evidence[i] is { } evidence ? evidence.Decide(typeName)
            : BelongToValues ? (DbKinds.OfDeclaredName(typeName), $"its type is {typeName}")
            : (DbKinds.OfType(type), type == typeof(TimeSpan) || type == typeof(TimeOnly) ? $"its type is {typeName}, counted in seconds" : $"its type is {typeName}");
        return kind is { } known
            ? new TableField(name, known, origin: $"inferred: {reason}")
            : throw new TableDataException(
                $"Column '{name}' holds {typeName} ({type.Name}), of which no number, category, boolean or date is made. Leave it out (TableLayout.IgnoredColumns), or let the query give what matters of it: its length, or a cast to text.",
                columnName: name);
    }

    private DbCells Cells(TableField field, int i)
    {
        var type = _reader.GetFieldType(i);
        string typeName = _reader.GetDataTypeName(i);
        bool isWhole = _evidence[i] is { } evidence ? evidence.IsWhole || (typeName.Equals("INTEGER", StringComparison.OrdinalIgnoreCase) && evidence.Decide(typeName).Reason.StartsWith("it has no", StringComparison.Ordinal))
            : !BelongToValues ? DbKinds.IsWhole(type)
            : field.Origin == "declared" ? field.Role == ColumnRole.Id
            : DbKinds.IsWholeName(typeName);
        return new DbCells(field, i, BelongToValues ? null : type, isWhole, !BelongToValues && (type == typeof(DateTimeOffset) || DbKinds.IsZonedName(typeName)));
    }
}
