namespace AnomalyKit.Serving.Loading;

/// <summary>A name and a version of it.</summary>
internal readonly record struct ModelKey(string Name, string Version)
{
    public override string ToString() => $"{Name}/{Version}";
}
