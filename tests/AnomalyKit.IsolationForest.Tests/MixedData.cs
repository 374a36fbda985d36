using AnomalyKit.Numerics;

namespace AnomalyKit.IsolationForest.Tests;

/// <summary>Rows with categories and missing cells, and the definition of their scores in the plainest words.</summary>
internal static class MixedData
{
    public const int Colors = 5;
    public const int Shops = 200;

    public static FeatureSchema Schema { get; } = new FeatureSchema(["amount", "color", "age", "shop"])
        .WithCategories(new Dictionary<string, int> { ["color"] = Colors, ["shop"] = Shops })
        .WithMissing("color", "age", "shop");

    /// <summary>Two numbers, a category of few levels and one of many; about a sixth of the cells missing where they may be.</summary>
    public static FeatureMatrix Rows(int rows, ulong seed = 1)
    {
        var random = new CounterRandom(seed);
        var cells = new float[rows * 4];
        for (int i = 0; i < cells.Length; i += 4)
        {
            cells[i] = (float)random.NextDouble();
            cells[i + 1] = random.NextInt32(6) == 0 ? float.NaN : random.NextInt32(Colors + 1);
            cells[i + 2] = random.NextInt32(6) == 0 ? float.NaN : (float)random.NextDouble();
            cells[i + 3] = random.NextInt32(6) == 0 ? float.NaN : random.NextInt32(random.NextInt32(Shops) + 1);
        }

        return FeatureMatrix.Wrap(cells, Schema);
    }

    /// <summary>The same rows with cells of all columns removed.</summary>
    public static FeatureMatrix WithGaps(FeatureMatrix data, int oneIn, ulong seed = 3)
    {
        var random = new CounterRandom(seed);
        float[] cells = data.ContiguousCells(0).ToArray();
        for (int i = 0; i < cells.Length; i++)
            cells[i] = random.NextInt32(oneIn) == 0 ? float.NaN : cells[i];
        return FeatureMatrix.Wrap(cells, data.Schema.WithMissing(data.Schema.ColumnNames));
    }

    /// <summary>2^(−mean over the trees of the expected path length / c(ψ)).</summary>
    public static double Score(IsolationForestModel model, ReadOnlySpan<float> row)
    {
        double sum = 0;
        for (int tree = 0; tree < model.TreeCount; tree++)
            sum += Expected(model, model.TreeStarts[tree], 0, row) / 65536.0;
        return Math.Pow(2, -sum / model.TreeCount / model.NormalPathLength);
    }

    private static double Expected(IsolationForestModel model, int start, int node, ReadOnlySpan<float> row)
    {
        int at = start + node;
        if (model.Feature[at] < 0)
            return model.PathLength[at];
        float cell = row[model.Feature[at]];
        int left = model.Left[at];
        if (float.IsNaN(cell))
        {
            double toLeft = (double)model.Size[start + left] / model.Size[at];
            return (toLeft * Expected(model, start, left, row)) + ((1 - toLeft) * Expected(model, start, left + 1, row));
        }

        int split = model.Categories is null ? -1 : Array.IndexOf(model.Categories.Nodes, at);
        bool goesRight = split < 0 ? cell >= model.Threshold[at] : model.Categories!.Right(split).Contains((int)cell);
        return Expected(model, start, goesRight ? left + 1 : left, row);
    }

    public static byte[] Saved(IsolationForestDetector forest)
    {
        using var stream = new MemoryStream();
        forest.Save(stream);
        return stream.ToArray();
    }

    public static IsolationForestDetector Loaded(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return IsolationForestDetector.Load(stream);
    }
}
