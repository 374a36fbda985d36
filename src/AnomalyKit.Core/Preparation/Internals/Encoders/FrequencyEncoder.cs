using AnomalyKit.Persistence;

namespace AnomalyKit.Preparation;

/// <summary>How rare a level is: ln((n + 1) / rows of that level). One without rows is as rare as <see cref="UnseenLevel.Rarity"/> says.</summary>
internal sealed class FrequencyEncoder : CategoryEncoder
{
    public const string Name = "frequency";

    private readonly double[] _rarities;

    private FrequencyEncoder(string source, IReadOnlyList<string> levels, double[] rarities, CategoryFill fill)
        : base(source, levels, fill) => _rarities = rarities;

    public override string KindName => Name;

    public override IReadOnlyList<string> Parts => ["rarity"];

    /// <summary>The cell of each level, and of an unseen one.</summary>
    public IReadOnlyList<double> Rarities => _rarities;

    /// <param name="source">The column of the table.</param>
    /// <param name="levels">The levels.</param>
    /// <param name="counts">The rows of each, or the sum of their weights.</param>
    /// <param name="fill">What missing cells are taken for.</param>
    public static FrequencyEncoder Of(string source, IReadOnlyList<string> levels, IReadOnlyList<double> counts, CategoryFill fill)
    {
        double all = counts.Sum() + 1;
        double unseen = UnseenLevel.Rarity(counts, all);
        return new FrequencyEncoder(source, levels, [.. counts.Append(0).Select(count => count > 0 ? Math.Log(all / count) : unseen)], fill);
    }

    public static FrequencyEncoder Read(ModelReader reader, string source)
    {
        string[] levels = ReadLevels(reader);
        return new FrequencyEncoder(source, levels, reader.GetDoubles("rarities", levels.Length + 1), CategoryFill.Read(reader, levels.Length));
    }

    public override void WriteTo(ModelWriter writer)
    {
        base.WriteTo(writer);
        writer.Add("rarities", new ReadOnlyMemory<double>(_rarities));
    }

    protected override void Encode(int level, Span<float> cells) => cells[0] = level < 0 ? float.NaN : (float)_rarities[level];
}
