using AnomalyKit.Numerics;
using AnomalyKit.Tuning;

namespace AnomalyKit;

/// <summary>Compares the rows in the level sets of a score with the volume of these sets, within the box around the rows.</summary>
internal sealed class LevelSetCriterion(string name, SearchDirection direction, Func<float[], float[], double> area) : SelectionCriterion(name, direction)
{
    // The choices of Goix 2016.
    private const int MaxColumns = 5;
    private const int ColumnDraws = 10;
    private const int Points = 10_000;

    internal override CriterionValue[] Measure(SelectionRows rows, IReadOnlyList<IDetectorTrainer> candidates)
    {
        string[][] draws = [.. Draws(rows)];
        return rows.ForEach(candidates, trainer => draws.Select((columns, draw) => Area(rows, trainer, columns, (ulong)draw)).Average());
    }

    private static IEnumerable<string[]> Draws(SelectionRows rows)
    {
        string[] all = [.. rows.Training.Schema.ColumnNames];
        return all.Length <= MaxColumns ? [all] : Enumerable.Range(0, ColumnDraws).Select(draw => Shuffle.Of<string>(all, rows.Seed, (ulong)draw + 100)[..MaxColumns]);
    }

    private double Area(SelectionRows rows, IDetectorTrainer trainer, string[] columns, ulong draw)
    {
        var (training, heldOut) = (rows.Training.SelectColumns(columns), rows.HeldOut.SelectColumns(columns));
        var uniform = Uniform(heldOut, rows.Seed, draw + 200);
        float[] scores = rows.FitAndScore(trainer, training, InjectedMatrix.Of(heldOut, uniform));
        return area(scores[..heldOut.RowCount], scores[heldOut.RowCount..]);
    }

    private static float[][] Uniform(FeatureMatrix data, ulong seed, ulong stream)
    {
        var random = new CounterRandom(seed, stream);
        float[] lows = [.. data.Cells(0)];
        float[] highs = [.. lows];
        for (int row = 1; row < data.RowCount; row++)
        {
            var cells = data.Cells(row);
            for (int column = 0; column < cells.Length; column++)
                (lows[column], highs[column]) = (Math.Min(lows[column], cells[column]), Math.Max(highs[column], cells[column]));
        }

        var points = new float[Points][];
        for (int i = 0; i < Points; i++)
        {
            points[i] = new float[lows.Length];
            for (int column = 0; column < lows.Length; column++)
                points[i][column] = (float)(lows[column] + (random.NextDouble() * ((double)highs[column] - lows[column])));
        }

        return points;
    }
}
