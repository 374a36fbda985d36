using AnomalyKit.Persistence;

namespace AnomalyKit.Preparation;

/// <summary>The number of a level, for detectors that use categories; one that was not there has the number behind the last.</summary>
internal sealed class LevelEncoder(string source, IReadOnlyList<string> levels, CategoryFill fill) : CategoryEncoder(source, levels, fill)
{
    public const string Name = "level";

    public override string KindName => Name;

    public override IReadOnlyList<string> Parts => ["value"];

    public override int LevelCount => Levels.Count;

    public static LevelEncoder Read(ModelReader reader, string source)
    {
        string[] levels = ReadLevels(reader);
        if (levels.Length == 0)
            throw ModelReader.FormatError("a category has no level");
        return new LevelEncoder(source, levels, CategoryFill.Read(reader, levels.Length));
    }

    protected override void Encode(int level, Span<float> cells) => cells[0] = level < 0 ? float.NaN : level;
}
