using AnomalyKit.IsolationForest.Scoring;
using AnomalyKit.Onnx.Graphs;

namespace AnomalyKit.Onnx.Detectors;

/// <summary>Raises the scores of rows that depart from columns that were constant in training.</summary>
internal static class DepartureExport
{
    /// <param name="graph">The graph.</param>
    /// <param name="departures">The columns, their values, and how far is how much.</param>
    /// <param name="cells">float32 [rows, columns].</param>
    /// <param name="scores">float32 [rows, 1]: the scores by the trees.</param>
    /// <param name="isMissing">Which cells are NaN, or null where none may be.</param>
    /// <returns>float32 [rows, 1]; scores of rows that keep the constants are those by the trees.</returns>
    public static Value Raise(GraphBuilder graph, ConstantDepartures departures, Value cells, Value scores, Value? isMissing)
    {
        int count = departures.Columns.Length;
        var own = graph.GatherColumns(cells, departures.Columns);
        var off = graph.Abs(graph.Subtract(graph.ToDouble(own), graph.ToDouble(graph.Constant(departures.Values, 1, count))));
        var amounts = graph.Divide(
            graph.Max(graph.Subtract(off, graph.Constant(departures.Tolerances, 1, count)), graph.Number(0)), graph.Constant(departures.Units, 1, count));
        if (departures.IsCategory.Contains(true))
        {
            var flags = new float[count];
            for (int i = 0; i < count; i++)
                flags[i] = departures.IsCategory[i] ? 1 : 0;
            var isOther = graph.ToDouble(graph.Greater(off, graph.Number(0)));
            amounts = graph.Where(graph.Greater(graph.Constant(flags, 1, count), graph.Single(0.5f)), isOther, amounts);
        }

        if (isMissing is { } missing)
            amounts = graph.Where(graph.GatherColumns(missing, departures.Columns), graph.Number(0), amounts);
        var sum = graph.SumOfRow(amounts);
        var growth = graph.Add(graph.Multiply(graph.Sqrt(sum), graph.Number(ConstantDepartures.Steepness)), graph.Number(1));
        var gap = graph.Divide(graph.Subtract(graph.Number(1), graph.ToDouble(scores)), growth);
        return graph.Where(graph.Greater(sum, graph.Number(0)), graph.ToSingle(graph.Subtract(graph.Number(1), gap)), scores);
    }
}
