namespace AnomalyKit.Onnx.Graphs;

/// <summary>A value of a graph: an input, a constant, or what a node gives.</summary>
/// <param name="Name">Its name, unique in the file.</param>
internal readonly record struct Value(string Name)
{
    /// <summary>An argument that is left out.</summary>
    public static Value None { get; } = new(string.Empty);
}
