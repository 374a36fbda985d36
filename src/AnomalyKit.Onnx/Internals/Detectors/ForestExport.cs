using AnomalyKit.IsolationForest.Scoring;
using AnomalyKit.Onnx.Cells;
using AnomalyKit.Onnx.Graphs;
using AnomalyKit.Onnx.Transforms;

namespace AnomalyKit.Onnx.Detectors;

/// <summary>An isolation forest: the operator for trees sums up path lengths, and the rest is arithmetic in double.</summary>
/// <remarks>
/// Path lengths are whole numbers of 2⁻¹⁶. The operator sums in float32, which holds whole numbers up to 2²⁴: so every tree's path lengths are counted from its part of the sum at
/// which the score meets the threshold. Near the threshold sums are exact, and a row is on the same side here and in the library; far from it a sum is off by 2⁻²⁴ of itself.
/// </remarks>
internal static class ForestExport
{
    public static Value Score(GraphBuilder graph, IsolationForestDetector detector, CheckedCells rows)
    {
        var transform = detector.Frame.Transform;
        bool isFolded = transform.IsIdentity || transform is ColumnScaling;
        var model = detector.Model;
        // The library's own: scalings of single columns are moved into the thresholds, so that rows are compared as they come.
        var scorer = new ForestScorer(model, transform as ColumnScaling, schema: isFolded ? detector.Schema : null);
        var cells = isFolded ? rows.Cells : TransformExport.Apply(graph, transform, rows.Cells);

        int[] bases = PathLengthBase.Of(model, detector.Threshold);
        var columns = CategoryColumns.Of(graph, model, cells, rows.IsMissing, detector.Schema);
        var trees = new ForestTrees(model, scorer.Thresholds, columns, bases);
        var sums = trees.Sum(graph, cells);
        if (isFolded && rows.IsMissing is { } isMissing)
            sums = new MissingPaths(trees).Replace(graph, sums, cells, isMissing);
        var scores = PathScore.Of(graph, sums, model);
        return scorer.Departures is { } departures ? DepartureExport.Raise(graph, departures, cells, scores, isFolded ? rows.IsMissing : null) : scores;
    }
}
