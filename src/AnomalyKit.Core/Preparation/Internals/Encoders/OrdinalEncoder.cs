using AnomalyKit.Persistence;

namespace AnomalyKit.Preparation;

/// <summary>The position of a level; one that was not there lies as far behind the last as the first lies before it.</summary>
internal sealed class OrdinalEncoder(string source, IReadOnlyList<string> levels, CategoryFill fill) : CategoryEncoder(source, levels, fill)
{
    public const string Name = "ordinal";

    public override string KindName => Name;

    public override IReadOnlyList<string> Parts => ["position"];

    public static OrdinalEncoder Read(ModelReader reader, string source)
    {
        string[] levels = ReadLevels(reader);
        return new OrdinalEncoder(source, levels, CategoryFill.Read(reader, levels.Length));
    }

    protected override void Encode(int level, Span<float> cells) =>
        cells[0] = level < 0 ? float.NaN : level < Levels.Count ? level : Levels.Count - 1 + Math.Max(1, Levels.Count - 1);
}
