using System.Globalization;

namespace AnomalyKit.Onnx.Graphs;

/// <summary>Names for values and nodes, none of which is that of an input or output.</summary>
/// <param name="reserved">The names of inputs and outputs.</param>
internal sealed class ValueNames(IReadOnlySet<string> reserved)
{
    private int _next;

    /// <summary>A name that was not given before.</summary>
    /// <param name="stem">What it begins with.</param>
    public string Next(string stem)
    {
        string name;
        do
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{stem}_{_next++}");
        }
        while (reserved.Contains(name));
        return name;
    }
}
