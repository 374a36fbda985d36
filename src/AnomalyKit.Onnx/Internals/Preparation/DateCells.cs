using AnomalyKit.Onnx.Graphs;
using AnomalyKit.Preparation;

namespace AnomalyKit.Onnx.Preparation;

/// <summary>Parts of dates and times, from microseconds since 1970-01-01.</summary>
internal static class DateCells
{
    /// <summary>Stands for a missing cell, as numpy's NaT does.</summary>
    public const long Missing = long.MinValue;

    private const long TicksOfMicrosecond = TimeSpan.TicksPerMicrosecond;

    public static Value Of(GraphBuilder graph, DateEncoder encoder, Value cell)
    {
        long least = -DateTime.UnixEpoch.Ticks / TicksOfMicrosecond;
        long most = (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / TicksOfMicrosecond;
        var isTime = graph.And(graph.Less(graph.Integer(least - 1), cell), graph.Less(cell, graph.Integer(most + 1)));
        var micros = graph.Where(isTime, cell, graph.Integer(0));
        var ticks = graph.Add(graph.Multiply(micros, graph.Integer(TicksOfMicrosecond)), graph.Integer(DateTime.UnixEpoch.Ticks));

        var parts = new List<Value>();
        if (encoder.SelectedParts.HasFlag(DateParts.Elapsed))
            parts.Add(graph.ToSingle(Days(graph, graph.Subtract(ticks, graph.Integer(encoder.Origin)))));
        if (encoder.SelectedParts.HasFlag(DateParts.Hour))
            parts.AddRange(Cycle.Of(graph, Days(graph, Remainder(graph, ticks, TimeSpan.TicksPerDay))));
        if (encoder.SelectedParts.HasFlag(DateParts.Weekday))
            parts.AddRange(Cycle.Of(graph, graph.Divide(graph.ToDouble(Remainder(graph, ticks, 7 * TimeSpan.TicksPerDay)), graph.Number(7.0 * TimeSpan.TicksPerDay))));
        if (encoder.SelectedParts.HasFlag(DateParts.Month))
            parts.AddRange(Cycle.Of(graph, CalendarMonth.Fraction(graph, ticks)));

        var cells = graph.Where(isTime, graph.Join([.. parts]), graph.Single(float.PositiveInfinity));
        float[] fills = [.. encoder.CellsOfMissing.Select(CellFills.Of)];
        return graph.Where(IsMissing(graph, cell), graph.Constant(fills, 1, fills.Length), cells);
    }

    public static Value IsMissing(GraphBuilder graph, Value cell) => graph.AreEqual(cell, graph.Integer(Missing));

    private static Value Remainder(GraphBuilder graph, Value ticks, long length) => graph.Apply("Mod", [ticks, graph.Integer(length)]);

    private static Value Days(GraphBuilder graph, Value ticks) => graph.Divide(graph.ToDouble(ticks), graph.Number(TimeSpan.TicksPerDay));
}
