using System.Runtime.CompilerServices;
using AnomalyKit.Persistence;

namespace AnomalyKit.Preparation;

/// <summary>The base of encoders of categories: finds the level of a word in the list of the fit, whatever codes the column has.</summary>
internal abstract class CategoryEncoder : ColumnEncoder
{
    private readonly Dictionary<string, int> _numbers;
    private readonly ConditionalWeakTable<IReadOnlyList<string>, int[]> _renumbered = [];

    protected CategoryEncoder(string source, IReadOnlyList<string> levels, CategoryFill fill)
        : base(source, ColumnKind.Category)
    {
        Levels = levels;
        Fill = fill;
        _numbers = new Dictionary<string, int>(levels.Count, StringComparer.Ordinal);
        for (int i = 0; i < levels.Count; i++)
            _numbers.Add(levels[i], i);
    }

    /// <summary>The levels of the fit.</summary>
    public IReadOnlyList<string> Levels { get; }

    public override bool LeavesMissing => Fill.IsNative;

    public override bool RefusesMissing => Fill.IsRefused;

    /// <summary>Whether a level is one of <see cref="Levels"/>.</summary>
    public bool Knows(string level) => _numbers.ContainsKey(level);

    /// <summary>What missing cells are taken for.</summary>
    public CategoryFill Fill { get; }

    public override void Encode(TableColumn column, RowCells target)
    {
        var categories = (CategoryColumn)column;
        int[] renumbered = Renumbered(categories);
        var codes = categories.Codes.Span.Slice(target.Start, target.Rows);
        for (int i = 0, at = 0; i < codes.Length; i++, at += target.Stride)
        {
            int level = codes[i] != CategoryColumn.MissingCell
                ? renumbered[codes[i]]
                : Fill.IsRefused ? throw MissingCell(target.Number(i)) : Fill.Level;
            Encode(level, target.Cells[at..]);
        }
    }

    public override void WriteTo(ModelWriter writer)
    {
        writer.Set("levels", TextList.ToJson(Levels));
        Fill.WriteTo(writer);
    }

    /// <summary>Fills in the cells of a row: of a level, of <see cref="Levels"/>' count for an unseen one, or of −1 for one that stays missing.</summary>
    protected abstract void Encode(int level, Span<float> cells);

    protected static string[] ReadLevels(ModelReader reader)
    {
        string[] levels = TextList.FromJson(reader.GetString("levels"), "levels");
        return levels.Distinct(StringComparer.Ordinal).Count() == levels.Length ? levels : throw ModelReader.FormatError("a level is listed twice");
    }

    // Columns of one source often share their list of words: what it means here is found once for each list, not once for each block of rows.
    private int[] Renumbered(CategoryColumn column)
    {
        int[] known = _renumbered.GetValue(column.Levels, Renumber);
        // Somebody added words to a list that was looked at before.
        return known.Length == column.Levels.Count ? known : Renumber(column.Levels);
    }

    private int[] Renumber(IReadOnlyList<string> levels)
    {
        var renumbered = new int[levels.Count];
        for (int i = 0; i < renumbered.Length; i++)
            renumbered[i] = _numbers.TryGetValue(levels[i], out int level) ? level : Levels.Count;
        return renumbered;
    }
}
