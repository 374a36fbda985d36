using AnomalyKit.Onnx.Graphs;

namespace AnomalyKit.Onnx.Preparation;

/// <summary>Where in its year a time lies, every month a twelfth of it.</summary>
/// <remarks>
/// Years begin in March here, so that a leap day is the last of its year: then months begin at (153 m + 2) / 5 days, and centuries and leap years are quotients. Counts stay whole and above 0,
/// for which ONNX's division of integers is exact.
/// </remarks>
internal static class CalendarMonth
{
    private const long DaysOfEra = 146097;

    // From March of the year 0 to January of the year 1.
    private const long DaysBefore = 306;

    /// <param name="graph">The graph.</param>
    /// <param name="ticks">int64 [rows, 1], from 0 to the end of the year 9999.</param>
    /// <returns>double [rows, 1], from 0 to 1.</returns>
    public static Value Fraction(GraphBuilder graph, Value ticks)
    {
        var days = graph.Add(Quotient(graph, ticks, TimeSpan.TicksPerDay), graph.Integer(DaysBefore));
        var ofEra = Rest(graph, days, DaysOfEra);
        // Of the days of 400 years, those that are leap days before.
        var plain = graph.Add(graph.Subtract(graph.Subtract(ofEra, Quotient(graph, ofEra, 1460)), Quotient(graph, ofEra, DaysOfEra - 1)), Quotient(graph, ofEra, 36524));
        var year = Quotient(graph, plain, 365);
        var before = graph.Subtract(graph.Add(graph.Multiply(year, graph.Integer(365)), Quotient(graph, year, 4)), Quotient(graph, year, 100));
        var ofYear = graph.Subtract(ofEra, before);
        var month = Quotient(graph, graph.Add(graph.Multiply(ofYear, graph.Integer(5)), graph.Integer(2)), 153);
        var day = graph.Subtract(ofYear, Quotient(graph, graph.Add(graph.Multiply(month, graph.Integer(153)), graph.Integer(2)), 5));

        // March is month 0, January and February are the last two and belong to the next calendar year.
        var isFebruary = graph.AreEqual(month, graph.Integer(11));
        var lengths = graph.Gather(graph.Constant([31.0, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28], 12), month, 0);
        var length = graph.Add(lengths, graph.ToDouble(graph.And(isFebruary, IsLeap(graph, graph.Add(year, graph.Integer(1))))));
        var time = graph.Divide(graph.ToDouble(Rest(graph, ticks, TimeSpan.TicksPerDay)), graph.Number(TimeSpan.TicksPerDay));
        var within = graph.Divide(graph.Add(graph.ToDouble(day), time), length);
        var number = graph.ToDouble(Rest(graph, graph.Add(month, graph.Integer(2)), 12));
        return graph.Divide(graph.Add(number, within), graph.Number(12));
    }

    private static Value IsLeap(GraphBuilder graph, Value year)
    {
        var zero = graph.Integer(0);
        var isCentury = graph.AreEqual(Rest(graph, year, 100), zero);
        return graph.And(
            graph.AreEqual(Rest(graph, year, 4), zero), graph.Or(graph.Not(isCentury), graph.AreEqual(Rest(graph, year, 400), zero)));
    }

    private static Value Quotient(GraphBuilder graph, Value value, long divisor) => graph.Divide(value, graph.Integer(divisor));

    private static Value Rest(GraphBuilder graph, Value value, long divisor) => graph.Apply("Mod", [value, graph.Integer(divisor)]);
}
