using AnomalyKit.Persistence;

namespace AnomalyKit.Preparation;

/// <summary>What a fit must know of a column of categories: its levels, how many rows have each, and the first of these.</summary>
internal sealed class CategoryStatistics(string name) : ColumnStatistics(name)
{
    private const int MaxLevels = 1 << 16;

    private readonly Dictionary<string, (long Rows, long First)> _levels = new(StringComparer.Ordinal);

    /// <summary>The rows of each level.</summary>
    public IEnumerable<KeyValuePair<string, double>> Counts => _levels.Select(level => new KeyValuePair<string, double>(level.Key, level.Value.Rows));

    public override void Add(TableColumn column, long firstRow)
    {
        var categories = (CategoryColumn)column;
        var codes = categories.Codes.Span;
        var counts = new long[categories.Levels.Count];
        var firsts = new int[counts.Length];
        for (int row = 0; row < codes.Length; row++)
        {
            if (codes[row] == CategoryColumn.MissingCell)
            {
                FirstMissing = FirstMissing.Or(new RowNumber(firstRow + row));
                Missing++;
                continue;
            }

            FirstPresent = FirstPresent.Or(new RowNumber(firstRow + row));
            if (counts[codes[row]]++ == 0)
                firsts[codes[row]] = row;
        }

        for (int code = 0; code < counts.Length; code++)
        {
            Present += counts[code];
            if (counts[code] > 0)
                Add(categories.Levels[code], counts[code], firstRow + firsts[code]);
        }
    }

    public override IEnumerable<RowNumber> Witnesses() => base.Witnesses().Concat(_levels.Values.Select(level => new RowNumber(level.First)));

    public override void ThrowIfIdentifier() => IdentifierRule.ThrowIfWords(Name, _levels.Keys, Present);

    public override void WriteTo(ModelWriter writer)
    {
        base.WriteTo(writer);
        string[] names = [.. _levels.Keys.Order(StringComparer.Ordinal)];
        writer.Set("levels", TextList.ToJson(names));
        writer.Add<long>("counts", names.Select(name => _levels[name].Rows).ToArray());
        writer.Add<long>("firsts", names.Select(name => _levels[name].First).ToArray());
    }

    public override void Read(ModelReader reader)
    {
        base.Read(reader);
        string[] names = TextList.FromJson(reader.GetString("levels"), "levels");
        long[] counts = StatisticsFormat.Counts(reader, "counts", names.Length);
        long[] firsts = StatisticsFormat.Counts(reader, "firsts", names.Length);
        for (int i = 0; i < names.Length; i++)
        {
            if (!_levels.TryAdd(names[i], (counts[i], firsts[i])))
                throw ModelReader.FormatError($"the column '{Name}' has a level twice");
        }

        if (names.Length > MaxLevels || counts.Sum() != Present)
            throw ModelReader.FormatError($"the levels of column '{Name}' do not fit its count");
    }

    protected override void AppendCells(ColumnStatistics later)
    {
        foreach (var (level, (rows, first)) in ((CategoryStatistics)later)._levels)
            Add(level, rows, first);
    }

    private void Add(string level, long rows, long first)
    {
        bool isKnown = _levels.TryGetValue(level, out var before);
        if (!isKnown && !FeatureSchema.IsWellFormed(level))
            throw IdentifierRule.IllFormed(Name, level);
        _levels[level] = isKnown ? (before.Rows + rows, Math.Min(before.First, first)) : (rows, first);
        if (_levels.Count > MaxLevels)
        {
            throw new TableDataException(
                $"Column '{Name}' has more than {MaxLevels} different words, the most that are counted where a table does not fit into memory. "
                + "If it is an identifier or free text, let it ride along (TableLayout.IdColumns) or leave it out (IgnoredColumns); otherwise put rare words together.",
                columnName: Name);
        }
    }
}
