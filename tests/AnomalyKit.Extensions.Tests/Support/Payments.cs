using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Extensions.Tests.Support;

/// <summary>Small models of numbers.</summary>
internal static class Payments
{
    /// <summary>A forest on standard normal columns, other for every seed.</summary>
    public static TableDetector Fit(ulong seed = 1, int columns = 3, int rows = 400) =>
        new TableTrainer(new IsolationForestTrainer { TreeCount = 10, Seed = seed }).Fit(Table(Values((int)seed, rows, columns), columns));

    public static double[] Values(int seed, int rows, int columns = 3, double shift = 0)
    {
        var random = new Random(seed);
        var values = new double[rows * columns];
        for (int i = 0; i < values.Length; i++)
            values[i] = Normal(random) + (i % columns == 0 ? shift : 0);
        return values;
    }

    public static FeatureTable Table(double[] values, int columns = 3) => new(Enumerable.Range(0, columns).Select(column =>
        new DoubleColumn($"c{column}", Enumerable.Range(0, values.Length / columns).Select(row => values[(row * columns) + column]).ToArray())));

    /// <summary>Saves a model under a folder of models, beside its place and renamed, as one should.</summary>
    public static string Save(this TempFolder folder, string name, TableDetector detector)
    {
        string path = folder.File(name);
        detector.Save(path);
        return path;
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
