using AnomalyKit.Onnx.Graphs;

namespace AnomalyKit.Onnx.Transforms;

/// <summary>What all training rows keep: constant columns and exact linear relations, and how far a row is off.</summary>
internal static class RelationExport
{
    /// <summary>The sum of the squared distances of each row over all relations.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="relations">At least one.</param>
    /// <param name="wide">double [rows, columns].</param>
    /// <returns>double [rows, 1].</returns>
    public static Value SquaredDistance(GraphBuilder graph, LinearRelations relations, Value wide)
    {
        // Constant columns are many as a rule, and one column each; other relations lie over few columns.
        LinearRelation[] single = [.. relations.Items.Where(item => item.Columns.Length == 1)];
        LinearRelation[] several = [.. relations.Items.Where(item => item.Columns.Length > 1)];
        Value? sum = null;
        if (single.Length > 0)
        {
            var terms = graph.Multiply(
                graph.GatherColumns(wide, [.. single.Select(item => item.Columns[0])]), graph.Constant([.. single.Select(item => item.Weights[0])], 1, single.Length));
            sum = Squares(graph, single, terms, graph.Abs(terms));
        }

        if (several.Length > 0)
        {
            var (columns, weights) = Dense(graph, several);
            var cells = graph.GatherColumns(wide, columns);
            var product = graph.MatMul(cells, graph.Constant(weights, columns.Length, several.Length));
            var magnitude = graph.MatMul(graph.Abs(cells), graph.Constant(Array.ConvertAll(weights, Math.Abs), columns.Length, several.Length));
            var squares = Squares(graph, several, product, magnitude);
            sum = sum is { } other ? graph.Add(other, squares) : squares;
        }

        return sum!.Value;
    }

    private static Value Squares(GraphBuilder graph, LinearRelation[] items, Value product, Value magnitude)
    {
        var residual = graph.Abs(graph.Subtract(product, graph.Constant([.. items.Select(item => item.Origin)], 1, items.Length)));
        var allowed = graph.Add(
            graph.Multiply(magnitude, graph.Number(LinearRelation.RoundingFraction)), graph.Constant([.. items.Select(item => item.Tolerance)], 1, items.Length));
        var distance = graph.Divide(graph.Subtract(residual, allowed), graph.Constant([.. items.Select(item => item.Scale)], 1, items.Length));
        return graph.SumOfSquaresOfRow(graph.Max(distance, graph.Number(0)));
    }

    private static (int[] Columns, double[] Weights) Dense(GraphBuilder graph, LinearRelation[] items)
    {
        int[] columns = [.. items.SelectMany(item => item.Columns.ToArray()).Distinct().Order()];
        graph.Size.Add(16L * columns.Length * items.Length, "its relations between columns");
        var weights = new double[(long)columns.Length * items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            for (int term = 0; term < items[i].Columns.Length; term++)
                weights[((long)Array.BinarySearch(columns, items[i].Columns[term]) * items.Length) + i] = items[i].Weights[term];
        }

        return (columns, weights);
    }
}
