using AnomalyKit.Onnx.Graphs;
using AnomalyKit.Preparation;

namespace AnomalyKit.Onnx.Preparation;

/// <summary>Cells of categories, from words or from numbers of levels.</summary>
/// <remarks>Every cell becomes a number first: of its level, of the levels' count for an unseen one, and one more for a missing one.</remarks>
internal static class CategoryCells
{
    public static Value Of(GraphBuilder graph, CategoryEncoder encoder, Value cell, OnnxElementType type)
    {
        int count = encoder.Levels.Count;
        var number = type == OnnxElementType.Text ? OfWords(graph, encoder.Levels, cell) : OfCodes(graph, count, cell);
        return encoder switch
        {
            BinaryEncoder binary => Entry(graph, encoder, number, [.. binary.Cells]),
            OneHotEncoder oneHot => OneHot(graph, oneHot, number),
            FrequencyEncoder frequency => Entry(graph, encoder, number, [.. frequency.Rarities.Select(rarity => (float)rarity)]),
            OrdinalEncoder => Entry(graph, encoder, number, [.. Enumerable.Range(0, count).Select(i => (float)i), count - 1 + Math.Max(1, count - 1)]),
            LevelEncoder => Entry(graph, encoder, number, [.. Enumerable.Range(0, count + 1).Select(i => (float)i)]),
            _ => throw new OnnxExportException($"Column '{encoder.Source}' is encoded as '{encoder.KindName}', which has no form in ONNX here. Prepare it another way."),
        };
    }

    /// <summary>Whether a cell is missing: the empty word, or −1.</summary>
    public static Value IsMissing(GraphBuilder graph, Value cell, OnnxElementType type) => type == OnnxElementType.Text
        ? graph.AreEqual(graph.Find(cell, [string.Empty], 1), graph.Integer(0))
        : graph.AreEqual(cell, graph.Integer(-1));

    /// <summary>False for every word.</summary>
    public static Value IsNever(GraphBuilder graph, Value cell) => graph.AreEqual(graph.Find(cell, [string.Empty], 1), graph.Integer(-1));

    private static Value OfWords(GraphBuilder graph, IReadOnlyList<string> levels, Value cell)
    {
        var found = graph.Find(cell, levels, levels.Count);
        return levels.Contains(string.Empty) ? found : graph.Where(IsMissing(graph, cell, OnnxElementType.Text), graph.Integer(levels.Count + 1), found);
    }

    private static Value OfCodes(GraphBuilder graph, int count, Value cell)
    {
        var isKnown = graph.And(graph.Less(graph.Integer(-1), cell), graph.Less(cell, graph.Integer(count)));
        var missing = graph.Where(graph.AreEqual(cell, graph.Integer(-1)), graph.Integer(count + 1), graph.Integer(count));
        return graph.Where(isKnown, cell, missing);
    }

    private static Value Entry(GraphBuilder graph, CategoryEncoder encoder, Value number, float[] cells)
    {
        float missing = encoder.Fill.Level >= 0 ? cells[encoder.Fill.Level] : float.NaN;
        return graph.Gather(graph.Constant([.. cells, missing], cells.Length + 1), number, 0);
    }

    private static Value OneHot(GraphBuilder graph, OneHotEncoder encoder, Value number)
    {
        int count = encoder.Levels.Count;
        var isMissing = graph.AreEqual(number, graph.Integer(count + 1));
        var known = graph.Where(isMissing, graph.Integer(Math.Max(encoder.Fill.Level, 0)), number);
        var cells = graph.Apply("OneHot", [graph.Reshape(known, -1), graph.Constant([count + 1L], 1), graph.Constant([0f, 1f], 2)], Attributes.Number("axis", 1));
        if (!encoder.Unseen.IsEmpty)
        {
            var isUnseen = graph.AreEqual(known, graph.Integer(count));
            foreach (int level in encoder.Empty)
                isUnseen = graph.Or(isUnseen, graph.AreEqual(known, graph.Integer(level)));
            cells = graph.Where(isUnseen, graph.Constant([.. encoder.Unseen, 0f], 1, count + 1), cells);
        }

        return encoder.Fill.Level >= 0 ? cells : graph.Where(isMissing, graph.Single(float.NaN), cells);
    }
}
