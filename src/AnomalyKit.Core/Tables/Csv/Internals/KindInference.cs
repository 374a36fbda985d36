using System.Globalization;

namespace AnomalyKit.Csv;

/// <summary>Finds out what columns hold, by looking at their cells.</summary>
internal sealed class KindInference
{
    private readonly ColumnEvidence?[] _evidence;
    private readonly string[] _names;
    private string _scope = "";

    /// <summary>Looks at the columns that a layout reads and leaves open.</summary>
    public KindInference(string[] names, TableLayout layout, CellDialect dialect)
    {
        _names = names;
        // The choice of columns does not depend on kinds.
        var selection = layout.Select([.. names.Select(name => new TableField(name, ColumnKind.Category))]);
        _evidence = new ColumnEvidence?[names.Length];
        for (int i = 0; i < selection.SourceColumns.Count; i++)
        {
            int column = selection.SourceColumns[i];
            bool isUsed = selection.Schema.Fields[i].Role is ColumnRole.Feature or ColumnRole.Weight;
            _evidence[column] = layout.Kinds.ContainsKey(names[column]) ? null : new ColumnEvidence(dialect, dialect.NumbersOf(names[column]), isUsed);
        }
    }

    /// <summary>Whether there is anything to find out.</summary>
    public bool IsNeeded => Array.Exists(_evidence, evidence => evidence is not null);

    /// <summary>Looks at all rows of a text, as far as it can be divided into rows, and closes it.</summary>
    public void LookAtAll(RowSource rows, long maxRows)
    {
        using (rows)
        {
            try
            {
                while (maxRows > 0 && rows.MoveNext())
                    maxRows -= Look(rows.Current) ? 1 : 0;
            }
            catch (CsvFormatException)
            {
                // The second pass comes to the same place and says so.
            }
        }
    }

    /// <summary>Looks at the first rows of a text, which will be given out again.</summary>
    public void LookAtHead(RowSource rows, int maxRows)
    {
        var kept = rows.Keep(maxRows);
        foreach (var row in kept)
            Look(row);
        if (kept.Count == maxRows)
            _scope = string.Create(CultureInfo.InvariantCulture, $" (first {maxRows} rows)");
    }

    /// <summary>Describes all columns of the file.</summary>
    public TableField[] Decide(CsvErrors errors) =>
        [.. _names.Select((name, i) => _evidence[i]?.Decide(name, i, errors, _scope) ?? new TableField(name, ColumnKind.Category))];

    /// <summary>Whether a column that was looked at holds whole numbers.</summary>
    public bool? IsWhole(int column) => _evidence[column]?.IsWhole;

    private bool Look(CsvRow row)
    {
        if (row.CellCount != _evidence.Length)
            return false;
        for (int i = 0; i < _evidence.Length; i++)
            _evidence[i]?.Look(row, i);
        return true;
    }
}
