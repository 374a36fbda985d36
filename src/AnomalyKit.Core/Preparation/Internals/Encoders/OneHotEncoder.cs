using AnomalyKit.Persistence;

namespace AnomalyKit.Preparation;

/// <summary>A cell a level, and one for levels that were not there.</summary>
internal sealed class OneHotEncoder(string source, IReadOnlyList<string> levels, CategoryFill fill) : CategoryEncoder(source, levels, fill)
{
    public const string Name = "one-hot";

    public override string KindName => Name;

    public override IReadOnlyList<string> Parts { get; } = [.. levels.Select(level => $"= {level}"), "is unseen"];

    public static OneHotEncoder Read(ModelReader reader, string source)
    {
        string[] levels = ReadLevels(reader);
        return new OneHotEncoder(source, levels, CategoryFill.Read(reader, levels.Length));
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
        own[level] = 1;
    }
}
