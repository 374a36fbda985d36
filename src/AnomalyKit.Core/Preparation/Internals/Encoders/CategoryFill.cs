using AnomalyKit.Persistence;

namespace AnomalyKit.Preparation;

/// <summary>Which level a missing cell of a category is taken for.</summary>
internal readonly record struct CategoryFill
{
    private const string RuleName = "missing.level";
    private const int RefusedLevel = -2;
    private const int NativeLevel = -1;

    private CategoryFill(int level) => Level = level;

    public static CategoryFill Refused { get; } = new(RefusedLevel);

    public static CategoryFill Native { get; } = new(NativeLevel);

    /// <summary>The level; −1 where the cell stays missing.</summary>
    public int Level { get; }

    public bool IsRefused => Level == RefusedLevel;

    public bool IsNative => Level == NativeLevel;

    public static CategoryFill With(int level) => new(level);

    public static CategoryFill Read(ModelReader reader, int levelCount) => new(reader.GetInt32(RuleName, RefusedLevel, levelCount - 1));

    public void WriteTo(ModelWriter writer) => writer.Set(RuleName, Level);
}
