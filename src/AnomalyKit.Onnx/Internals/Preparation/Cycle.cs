using AnomalyKit.Onnx.Graphs;

namespace AnomalyKit.Onnx.Preparation;

/// <summary>Sine and cosine of a part of a turn, exact at its quarters: noon is where it is in the library.</summary>
internal static class Cycle
{
    /// <param name="graph">The graph.</param>
    /// <param name="turn">double [rows, 1], from 0 to 1.</param>
    /// <returns>float32 [rows, 1] each.</returns>
    public static Value[] Of(GraphBuilder graph, Value turn)
    {
        var quarters = graph.Multiply(turn, graph.Number(4));
        var nearest = graph.Round(quarters);
        var angle = graph.Multiply(graph.Subtract(quarters, nearest), graph.Number(Math.PI / 2));
        var sine = graph.Apply("Sin", [angle]);
        var cosine = graph.Apply("Cos", [angle]);
        var quarter = graph.Subtract(nearest, graph.Multiply(graph.Floor(graph.Multiply(nearest, graph.Number(0.25))), graph.Number(4)));
        return [graph.ToSingle(ByQuarter(graph, quarter, sine, cosine)), graph.ToSingle(ByQuarter(graph, quarter, cosine, graph.Negate(sine)))];
    }

    /// <summary>The first, the second, and both with the other sign.</summary>
    private static Value ByQuarter(GraphBuilder graph, Value quarter, Value first, Value second)
    {
        var isEven = graph.Or(graph.AreEqual(quarter, graph.Number(0)), graph.AreEqual(quarter, graph.Number(2)));
        var value = graph.Where(isEven, first, second);
        return graph.Where(graph.Less(quarter, graph.Number(1.5)), value, graph.Negate(value));
    }
}
