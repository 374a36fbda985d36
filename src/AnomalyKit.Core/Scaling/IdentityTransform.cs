using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>Every row is its own image.</summary>
internal sealed class IdentityTransform(int columns) : FeatureTransform
{
    public const string KindName = "identity";

    public override string Kind => KindName;

    public override int InputColumns => columns;

    public override int OutputColumns => columns;

    public override bool IsIdentity => true;

    public static IdentityTransform Read(ModelReader reader) => new(reader.GetInt32("columns", 1, int.MaxValue));

    public override void Apply(ReadOnlySpan<float> rows, Span<float> destination) => rows.CopyTo(destination);

    public override bool Equals(object? obj) => obj is IdentityTransform other && other.InputColumns == columns;

    public override int GetHashCode() => columns;

    protected internal override void WriteTo(ModelWriter writer) => writer.Set("columns", columns);
}
