namespace AnomalyKit.Tests.Hosting;

/// <summary>Small models, fitted once.</summary>
internal static class TestModels
{
    private static readonly Lazy<TableDetector> FittedNumbers = new(() => FitNumbers(4, 400));
    private static readonly Lazy<TableDetector> FittedMixed = new(FitMixed);

    /// <summary>Four columns of numbers, v0 to v3, around 0; with p-values.</summary>
    public static ServedModel Numbers(string name = "numbers", string version = "1") => new(name, version, FittedNumbers.Value);

    /// <summary>An amount (may be missing), a merchant, whether a card was there, and when.</summary>
    public static ServedModel Mixed(string name = "mixed", string version = "1") => new(name, version, FittedMixed.Value);

    public static TableDetector FitNumbers(int columns, int rows, int trees = 25)
    {
        var random = new Random(17);
        var table = new FeatureTable(Enumerable.Range(0, columns).Select(i =>
            new DoubleColumn($"v{i}", Enumerable.Range(0, rows).Select(_ => Normal(random)).ToArray())));
        return new TableTrainer(new IsolationForestTrainer { TreeCount = trees, Seed = 42, Calibration = ScoreCalibration.Conformal() }).Fit(table);
    }

    private static TableDetector FitMixed()
    {
        var random = new Random(18);
        string[] words = ["books", "food", "fuel", "travel"];
        const int Rows = 400;
        var amounts = new double[Rows];
        var merchants = new string[Rows];
        var present = new sbyte[Rows];
        var times = new long[Rows];
        for (int i = 0; i < Rows; i++)
        {
            amounts[i] = i % 25 == 0 ? double.NaN : 50 + (10 * Normal(random));
            merchants[i] = words[random.Next(words.Length)];
            present[i] = (sbyte)random.Next(2);
            times[i] = new DateTime(2026, 3, 1).AddHours(random.Next(24 * 200)).Ticks;
        }

        var table = new FeatureTable(
            new DoubleColumn("amount", amounts),
            CategoryColumn.FromWords("merchant", merchants),
            new BooleanColumn("card_present", present),
            new DateTimeColumn("paid_at", times, isUtc: false));
        return new TableTrainer(new IsolationForestTrainer { TreeCount = 25, Seed = 42 }) { Preparation = new TablePreparation { Missing = MissingCells.Native } }.Fit(table);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
