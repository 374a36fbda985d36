using AnomalyKit.Onnx.Graphs;
using AnomalyKit.Onnx.Inputs;
using AnomalyKit.Preparation;

namespace AnomalyKit.Onnx.Preparation;

/// <summary>What a preparation makes of the columns of a table, one encoder after the other.</summary>
internal static class TableCells
{
    /// <summary>Prepares rows.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="preparation">The preparation.</param>
    /// <param name="plan">The inputs.</param>
    /// <returns>float32 [rows, columns of the matrix]; NaN or infinity where a cell cannot be used.</returns>
    public static Value Of(GraphBuilder graph, FittedPreparation preparation, InputPlan plan)
    {
        var inputs = plan.Declare(graph);
        if (plan.IsMatrix && preparation.Encoders.Count == preparation.Schema.ColumnCount && preparation.Encoders.All(encoder => encoder is NumberEncoder))
            return Numbers(graph, preparation, inputs[0], plan.Tensors[0].ElementType);
        var parts = new List<Value>();
        foreach (var encoder in preparation.Encoders)
        {
            int source = preparation.Schema.IndexOf(encoder.Source);
            var cell = plan.IsMatrix ? graph.GatherColumns(inputs[0], [source]) : inputs[source];
            parts.Add(Encode(graph, preparation, encoder, cell, plan.Tensors[plan.IsMatrix ? 0 : source].ElementType));
        }

        return graph.Join([.. parts]);
    }

    /// <summary>All columns at once, where each is a number and encoded once.</summary>
    private static Value Numbers(GraphBuilder graph, FittedPreparation preparation, Value values, OnnxElementType type)
    {
        var encoders = preparation.Encoders.Cast<NumberEncoder>().ToArray();
        double[] offsets = [.. encoders.Select(encoder => encoder.Offset)];
        float[] fills = [.. encoders.Select(encoder => CellFills.Of(encoder.CellOfMissing))];
        var cells = ValueCells.Of(graph, values, type, offsets);
        return Array.TrueForAll(fills, float.IsNaN) ? cells : graph.Where(graph.IsNaN(values), graph.Constant(fills, 1, fills.Length), cells);
    }

    private static Value Encode(GraphBuilder graph, FittedPreparation preparation, ColumnEncoder encoder, Value cell, OnnxElementType type) => encoder switch
    {
        NumberEncoder number => Filled(graph, number.CellOfMissing, graph.IsNaN(cell), ValueCells.Of(graph, cell, type, [number.Offset])),
        BooleanEncoder boolean => Boolean(graph, boolean.CellOfMissing, type == OnnxElementType.SinglePrecision ? cell : graph.ToSingle(cell)),
        // Where the empty word is a level it is a word like others, and no text says that a cell is missing.
        IndicatorEncoder indicator when type == OnnxElementType.Text && HasEmptyWord(preparation, indicator.Source) => graph.Cast(CategoryCells.IsNever(graph, cell), ElementType.Single),
        IndicatorEncoder indicator => graph.Cast(IsMissing(graph, indicator.SourceKind, cell, type), ElementType.Single),
        CategoryEncoder category => CategoryCells.Of(graph, category, cell, type),
        DateEncoder date => DateCells.Of(graph, date, cell),
        _ => throw new OnnxExportException($"Column '{encoder.Source}' is prepared as '{encoder.KindName}', which has no form in ONNX here. Prepare it another way."),
    };

    private static bool HasEmptyWord(FittedPreparation preparation, string source) =>
        preparation.Encoders.Any(encoder => encoder is CategoryEncoder category && category.Source == source && category.Levels.Contains(string.Empty));

    private static Value Boolean(GraphBuilder graph, CellFill fill, Value cell)
    {
        var isKnown = graph.Or(graph.AreEqual(cell, graph.Single(0)), graph.AreEqual(cell, graph.Single(1)));
        // What is neither yes nor no cannot be used.
        var known = graph.Where(isKnown, cell, graph.Single(float.PositiveInfinity));
        return graph.Where(graph.IsNaN(cell), graph.Single(CellFills.Of(fill)), known);
    }

    private static Value Filled(GraphBuilder graph, CellFill fill, Value isMissing, Value cells) =>
        fill.IsRefused || fill.IsNative ? cells : graph.Where(isMissing, graph.Single(fill.Cell), cells);

    private static Value IsMissing(GraphBuilder graph, ColumnKind kind, Value cell, OnnxElementType type) => kind switch
    {
        ColumnKind.Category => CategoryCells.IsMissing(graph, cell, type),
        ColumnKind.DateTime => DateCells.IsMissing(graph, cell),
        _ => graph.IsNaN(cell),
    };
}
