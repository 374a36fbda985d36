namespace AnomalyKit.IsolationForest.Tests;

/// <summary>Shapley values by their definition: over all subsets of the groups, with the value functions in the plainest words.</summary>
internal static class ShapleyOracle
{
    /// <summary>The Shapley values of a game.</summary>
    /// <param name="players">The number of players.</param>
    /// <param name="value">The worth of a set of players, one bit each.</param>
    public static double[] Values(int players, Func<int, double> value)
    {
        double[] worth = [.. Enumerable.Range(0, 1 << players).Select(value)];
        var factorial = new double[players + 1];
        factorial[0] = 1;
        for (int i = 1; i <= players; i++)
            factorial[i] = i * factorial[i - 1];
        var values = new double[players];
        for (int player = 0; player < players; player++)
        {
            for (int set = 0; set < worth.Length; set++)
            {
                if ((set >> player & 1) != 0)
                    continue;
                int size = int.PopCount(set);
                values[player] += factorial[size] * factorial[players - size - 1] / factorial[players] * (worth[set | (1 << player)] - worth[set]);
            }
        }

        return values;
    }

    /// <summary>The negated mean path length where some columns of a row are known, and the row is divided as the sample rows of each tree were where they are not.</summary>
    public static double PathDependent(IsolationForestModel model, float[] row, Func<int, bool> isKnown) =>
        Mean(model, column => isKnown(column) ? row[column] : null);

    /// <summary>The negated mean path length of a row whose columns are those of another one where they are not known.</summary>
    public static double Interventional(IsolationForestModel model, float[] row, float[] other, Func<int, bool> isKnown) =>
        Mean(model, column => isKnown(column) ? row[column] : other[column]);

    private static double Mean(IsolationForestModel model, Func<int, float?> cell) =>
        -Enumerable.Range(0, model.TreeCount).Average(tree => PathLength(model, model.TreeStarts[tree], 0, 0, cell));

    private static double PathLength(IsolationForestModel model, int start, int node, int depth, Func<int, float?> cells)
    {
        int at = start + node;
        if (model.Feature[at] < 0)
            return depth + (2 * Enumerable.Range(2, model.Size[at] - 1).Sum(i => 1.0 / i));
        int left = model.Left[at];
        double? cell = cells(model.Feature[at]);
        if (cell is null or double.NaN)
        {
            double toLeft = (double)model.Size[start + left] / model.Size[at];
            return (toLeft * PathLength(model, start, left, depth + 1, cells)) + ((1 - toLeft) * PathLength(model, start, left + 1, depth + 1, cells));
        }

        int split = model.Categories is null ? -1 : Array.IndexOf(model.Categories.Nodes, at);
        bool goesRight = split < 0 ? cell >= model.Threshold[at] : model.Categories!.Right(split).Contains((int)cell);
        return PathLength(model, start, goesRight ? left + 1 : left, depth + 1, cells);
    }
}
