using AnomalyKit.IsolationForest;
using AnomalyKit.IsolationForest.Scoring;
using AnomalyKit.Onnx.Graphs;

namespace AnomalyKit.Onnx.Detectors;

/// <summary>2^(−mean path length / c(ψ)), by the operations of the library in their order: the same sum gives the same bits.</summary>
internal static class PathScore
{
    /// <param name="graph">The graph.</param>
    /// <param name="sums">double [rows, 1], in units of 2⁻¹⁶.</param>
    /// <param name="model">The forest.</param>
    /// <returns>float32 [rows, 1].</returns>
    public static Value Of(GraphBuilder graph, Value sums, IsolationForestModel model)
    {
        double factor = 1.0 / ((double)model.TreeCount * (1 << IsolationForestModel.FractionBits) * model.NormalPathLength);
        var exponent = graph.Multiply(sums, graph.Number(-factor));
        var whole = graph.Round(exponent);
        var fraction = graph.Subtract(exponent, whole);
        var power = graph.Number(PathLengthScore.Coefficients[^1]);
        for (int i = PathLengthScore.Coefficients.Length - 2; i >= 0; i--)
            power = graph.Add(graph.Multiply(power, fraction), graph.Number(PathLengthScore.Coefficients[i]));
        power = graph.Add(graph.Multiply(power, fraction), graph.Number(1));
        return graph.ToSingle(graph.Multiply(power, graph.Power(graph.Number(2), whole)));
    }
}
