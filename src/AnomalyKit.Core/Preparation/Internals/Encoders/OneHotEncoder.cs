using AnomalyKit.Persistence;

namespace AnomalyKit.Preparation;

/// <summary>A cell a level, and one for levels that were not there where all rows have one level.</summary>
internal sealed class OneHotEncoder : CategoryEncoder
{
    public const string Name = "one-hot";

    private readonly float[]? _unseen;
    private readonly int[] _empty;

    /// <param name="source">The column of the table.</param>
    /// <param name="levels">The levels.</param>
    /// <param name="unseen">The cells of a level that was not there; none where it has a cell of its own.</param>
    /// <param name="empty">Levels that are listed and were not there, ascending.</param>
    /// <param name="fill">What missing cells are taken for.</param>
    private OneHotEncoder(string source, IReadOnlyList<string> levels, float[]? unseen, int[] empty, CategoryFill fill)
        : base(source, levels, fill)
    {
        _unseen = unseen;
        _empty = empty;
        Parts = [.. levels.Select(level => $"= {level}"), "is unseen"];
    }

    public override string KindName => Name;

    public override IReadOnlyList<string> Parts { get; }

    /// <summary>The cells of a level that was not there, one for each level; none where the last cell says so.</summary>
    public ReadOnlySpan<float> Unseen => _unseen;

    /// <summary>Levels that are listed, and encoded as one that was not there.</summary>
    public ReadOnlySpan<int> Empty => _empty;

    /// <param name="source">The column of the table.</param>
    /// <param name="levels">The levels.</param>
    /// <param name="counts">The rows of each, or the sum of their weights.</param>
    /// <param name="fill">What missing cells are taken for.</param>
    public static OneHotEncoder Of(string source, IReadOnlyList<string> levels, IReadOnlyList<double> counts, CategoryFill fill)
    {
        float[]? unseen = UnseenLevel.OneHot(counts);
        // The rows of the level that missing cells are taken for are not counted.
        int[] empty = unseen is null ? [] : [.. Enumerable.Range(0, levels.Count).Where(level => counts[level] == 0 && level != fill.Level)];
        return new OneHotEncoder(source, levels, unseen, empty, fill);
    }

    public static OneHotEncoder Read(ModelReader reader, string source)
    {
        string[] levels = ReadLevels(reader);
        float[]? unseen = reader.HasArray("unseen") ? reader.GetSingles("unseen", levels.Length) : null;
        int[] empty = reader.HasArray("unseen_levels") ? reader.GetInt32s("unseen_levels", 0, levels.Length - 1, -1) : [];
        if (unseen is not null && !unseen.All(float.IsFinite))
            throw ModelReader.FormatError("a cell of an unseen level is not finite");
        if ((unseen is null && empty.Length > 0) || empty.Where((level, i) => i > 0 && level <= empty[i - 1]).Any())
            throw ModelReader.FormatError("its unseen levels are not in order, or have no cells");
        return new OneHotEncoder(source, levels, unseen, empty, CategoryFill.Read(reader, levels.Length));
    }

    public override void WriteTo(ModelWriter writer)
    {
        base.WriteTo(writer);
        if (_unseen is not null)
            writer.Add("unseen", new ReadOnlyMemory<float>(_unseen));
        if (_empty.Length > 0)
            writer.Add("unseen_levels", new ReadOnlyMemory<int>(_empty));
    }

    protected override void Encode(int level, Span<float> cells)
    {
        var own = cells[..(Levels.Count + 1)];
        if (level < 0)
        {
            own.Fill(float.NaN);
            return;
        }

        own.Clear();
        if (_unseen is not null && (level == Levels.Count || Array.BinarySearch(_empty, level) >= 0))
            _unseen.CopyTo(own);
        else
            own[level] = 1;
    }
}
