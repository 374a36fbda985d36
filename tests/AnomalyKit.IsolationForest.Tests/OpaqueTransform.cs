using AnomalyKit.Persistence;

namespace AnomalyKit.IsolationForest.Tests;

/// <summary>The same map as another transform, of a type that the forest does not know, so that it cannot be folded away.</summary>
internal sealed class OpaqueTransform(FeatureTransform inner) : FeatureTransform
{
    public override string Kind => "opaque";

    public override int InputColumns => inner.InputColumns;

    public override int OutputColumns => inner.OutputColumns;

    public override void Apply(ReadOnlySpan<float> rows, Span<float> destination) => inner.Apply(rows, destination);

    protected override void WriteTo(ModelWriter writer) => throw new NotSupportedException();
}
