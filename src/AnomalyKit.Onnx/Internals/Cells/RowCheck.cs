using AnomalyKit.Onnx.Graphs;

namespace AnomalyKit.Onnx.Cells;

/// <summary>What AnomalyKit refuses to score has no score here either: NaN is carried from a cell that the schema does not allow to the row's score.</summary>
/// <remarks>A graph cannot raise an error, and a row that cannot be scored must not pass for an ordinary one.</remarks>
internal static class RowCheck
{
    /// <summary>Looks at all cells.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="cells">float32 [rows, columns].</param>
    /// <param name="schema">What is allowed.</param>
    /// <returns>0 for rows that can be scored, NaN for others; and the cells, of which those that would end the whole run (codes that there are not) are 0.</returns>
    public static CheckedCells Of(GraphBuilder graph, Value cells, FeatureSchema schema)
    {
        if (!schema.HasCategories && !schema.AllowsMissing)
            return new CheckedCells(cells, graph.SumOfRow(graph.Multiply(cells, graph.Single(0))), null);
        var isMissing = graph.IsNaN(cells);
        var known = graph.Where(isMissing, graph.Single(0), cells);
        var isBad = graph.Greater(graph.Abs(known), graph.Single(float.MaxValue));
        if (!AllMayMiss(schema))
            isBad = graph.Or(isBad, graph.And(isMissing, Flags(graph, schema.MissingAllowed, allowed => !allowed)));
        if (schema.HasCategories)
            isBad = graph.Or(isBad, IsNoCode(graph, known, schema));
        var check = graph.SumOfRow(graph.Where(isBad, graph.Single(float.NaN), graph.Single(0)));
        return new CheckedCells(graph.Where(isBad, graph.Single(0), cells), check, schema.AllowsMissing ? isMissing : null);
    }

    private static bool AllMayMiss(FeatureSchema schema)
    {
        foreach (bool allowed in schema.MissingAllowed)
        {
            if (!allowed)
                return false;
        }

        return true;
    }

    private static Value IsNoCode(GraphBuilder graph, Value known, FeatureSchema schema)
    {
        var greatest = new float[schema.ColumnCount];
        for (int i = 0; i < greatest.Length; i++)
            greatest[i] = schema.LevelCounts[i] > 0 ? schema.LevelCounts[i] : float.PositiveInfinity;
        var isCategory = Flags(graph, schema.LevelCounts, count => count > 0);
        var isOutside = graph.Or(
            graph.Greater(known, graph.Constant(greatest, 1, greatest.Length)),
            graph.Or(graph.Less(known, graph.Single(0)), graph.Not(graph.AreEqual(known, graph.Floor(known)))));
        return graph.And(isCategory, isOutside);
    }

    private static Value Flags<T>(GraphBuilder graph, ReadOnlySpan<T> values, Func<T, bool> holds)
    {
        var flags = new float[values.Length];
        for (int i = 0; i < flags.Length; i++)
            flags[i] = holds(values[i]) ? 1 : 0;
        return graph.Greater(graph.Constant(flags, 1, flags.Length), graph.Single(0.5f));
    }
}
