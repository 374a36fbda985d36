using AnomalyKit.Persistence;

namespace AnomalyKit.Preparation;

/// <summary>One cell for two levels: 1 for the rarer, 0 for the other. A second cell would say the same again, and count twice where distances are added up.</summary>
internal sealed class BinaryEncoder : CategoryEncoder
{
    public const string Name = "binary";

    private readonly int _rarer;

    /// <param name="source">The column of the table.</param>
    /// <param name="levels">The two levels.</param>
    /// <param name="rarer">Which of them is 1.</param>
    /// <param name="unseen">The cell of a level that was not there.</param>
    /// <param name="fill">What missing cells are taken for.</param>
    private BinaryEncoder(string source, IReadOnlyList<string> levels, int rarer, float unseen, CategoryFill fill)
        : base(source, levels, fill)
    {
        _rarer = rarer;
        Cells = [rarer == 0 ? 1 : 0, rarer, unseen];
        Parts = [$"= {levels[rarer]}"];
    }

    public override string KindName => Name;

    public override IReadOnlyList<string> Parts { get; }

    /// <summary>The cell of each level, and of an unseen one.</summary>
    public IReadOnlyList<float> Cells { get; }

    /// <param name="source">The column of the table.</param>
    /// <param name="levels">The levels.</param>
    /// <param name="counts">The rows of each, or the sum of their weights.</param>
    /// <param name="fill">What missing cells are taken for.</param>
    /// <returns>None unless there are two levels, and rows of both.</returns>
    public static BinaryEncoder? Of(string source, IReadOnlyList<string> levels, IReadOnlyList<double> counts, CategoryFill fill)
    {
        if (counts.Count != 2 || !counts.All(count => count > 0))
            return null;
        int rarer = counts[0] < counts[1] ? 0 : 1;
        return new BinaryEncoder(source, levels, rarer, UnseenLevel.OneHot(counts)![rarer], fill);
    }

    public static BinaryEncoder Read(ModelReader reader, string source)
    {
        string[] levels = ReadLevels(reader);
        if (levels.Length != 2)
            throw ModelReader.FormatError($"a binary column has {levels.Length} levels");
        float unseen = reader.GetSingles("unseen", 1)[0];
        if (!float.IsFinite(unseen))
            throw ModelReader.FormatError("the cell of an unseen level is not finite");
        return new BinaryEncoder(source, levels, reader.GetInt32("rarer", 0, 1), unseen, CategoryFill.Read(reader, levels.Length));
    }

    public override void WriteTo(ModelWriter writer)
    {
        base.WriteTo(writer);
        writer.Set("rarer", _rarer);
        writer.Add("unseen", new ReadOnlyMemory<float>([Cells[2]]));
    }

    protected override void Encode(int level, Span<float> cells) => cells[0] = level < 0 ? float.NaN : Cells[level];
}
