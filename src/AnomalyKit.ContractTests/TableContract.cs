using AnomalyKit.ContractTests.Hostile;
using AnomalyKit.ContractTests.Support;
using AnomalyKit.Numerics;
using AnomalyKit.Persistence;

namespace AnomalyKit.ContractTests;

/// <summary>Every detector works behind a preparation of tables: fitted, saved, loaded and scored as one object.</summary>
/// <typeparam name="TList">The detectors.</typeparam>
public abstract class TableContract<TList> : DetectorContract<TList>
    where TList : IDetectorList, new()
{
    private const int Rows = 400;
    private const int MutantsPerMutation = 40;

    [Theory]
    [EveryDetector]
    public void A_table_is_prepared_and_scored_as_its_matrix_is(string detector)
    {
        var (table, fitted) = Fit(detector);
        float[] expected = fitted.Detector.Score(fitted.Preparation.Apply(table));
        Same.Bits(expected, fitted.Score(table), "Table");
        Same.Bits(expected, fitted.Score(table, new TableScoreOptions { MaxDegreeOfParallelism = 1 }), "One thread");
        for (int row = 0; row < Rows; row += 37)
            Assert.Equal(expected[row], fitted.Score(table.Slice(row, 1))[0]);
    }

    [Theory]
    [EveryDetector]
    public void The_strangest_row_is_found(string detector)
    {
        var (table, fitted) = Fit(detector);
        float[] scores = fitted.Score(table);
        int strangest = Array.IndexOf(scores, scores.Max());
        Assert.Equal(Rows - 1, strangest);
    }

    [Theory]
    [EveryDetector]
    public void One_file_holds_preparation_and_detector(string detector)
    {
        var (table, fitted) = Fit(detector);
        using var stream = new MemoryStream();
        fitted.Save(stream);
        var loaded = TableDetector.Load(new MemoryStream(stream.ToArray()), Catalog);
        Assert.Equal(fitted.Preparation.Schema, loaded.Preparation.Schema);
        Assert.Equal(fitted.Preparation.Output, loaded.Preparation.Output);
        Assert.Equal(fitted.Threshold, loaded.Threshold);
        Same.Bits(fitted.Score(table), loaded.Score(table), "Loaded");
        Assert.Contains("TableDetector", Assert.Throws<ModelFormatException>(() => Catalog.Load(new MemoryStream(stream.ToArray()))).Message, StringComparison.Ordinal);
        Assert.Contains(
            "without a preparation", Assert.Throws<ModelFormatException>(() => TableDetector.Load(new MemoryStream(Saved(fitted.Detector)), Catalog)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [EveryDetector]
    public void A_spoiled_file_is_refused_or_scores(string detector)
    {
        var (table, fitted) = Fit(detector);
        using var stream = new MemoryStream();
        fitted.Save(stream);
        byte[] file = stream.ToArray();
        int loaded = 0;
        int tried = 0;
        foreach (var mutation in Enum.GetValues<Mutation>())
        {
            for (int i = 0; i < MutantsPerMutation; i++, tried++)
                loaded += Survives(Mutator.Apply(mutation, file, (ulong)i), table, $"{mutation} {i} of {detector}") ? 1 : 0;
        }

        string[] names = [.. new FileParts(file).Values.Select(value => value.Key).Where(name => name.StartsWith("preparation/", StringComparison.Ordinal))];
        // The preparation is the same for all detectors: each hears other lies about it.
        int first = Detectors.TakeWhile(other => other.Name != detector).Count();
        for (int value = 0; value < names.Length; value++)
        {
            foreach (string lie in Mutator.LiesAbout(first + value))
            {
                var lying = new FileParts(file);
                lying.Values[names[value]] = lie;
                Survives(FileParts.Compose(lying.Header.ToJsonString(), lying.Data), table, $"{names[value]} = '{lie}'");
            }
        }

        Assert.InRange(loaded, 1, tried - 1);
    }

    [Theory]
    [EveryDetector]
    public void Missing_cells_and_levels_are_native_where_the_trainer_can(string detector)
    {
        var table = Payments();
        var trainer = Registered(detector).NewTrainer(1, FeatureScaling.None, ThresholdRule.Contamination(0.01));
        var preparation = new TablePreparation { Missing = MissingCells.Native };
        if (!trainer.AcceptsMissing)
        {
            Assert.Contains("amount", Assert.Throws<ArgumentException>(() => new TableTrainer(trainer) { Preparation = preparation }.Fit(table)).Message, StringComparison.Ordinal);
            return;
        }

        var fitted = new TableTrainer(trainer) { Preparation = preparation }.Fit(table);
        Assert.True(fitted.Preparation.Output.AllowsMissing);
        Assert.Equal(trainer.AcceptsCategories, fitted.Preparation.Output.HasCategories);
        using var stream = new MemoryStream();
        fitted.Save(stream);
        float[] scores = fitted.Score(table);
        Same.Bits(scores, TableDetector.Load(new MemoryStream(stream.ToArray()), Catalog).Score(table), "Loaded");
        Assert.Equal(Rows - 1, Array.IndexOf(scores, scores.Max()));
    }

    [Theory]
    [EveryDetector]
    public void A_row_is_explained_by_the_columns_of_the_table(string detector)
    {
        var (table, fitted) = Fit(detector);
        var batch = fitted.Attribute(table.Slice(Rows - 3, 3));
        Assert.Equal(["amount", "merchant", "abroad", "at"], batch.Groups.Names);
        var alone = fitted.Attribute(table, Rows - 1);
        Assert.Equal(batch.Contributions(2), alone.Contributions);
        Assert.Equal(fitted.Score(table)[Rows - 1], alone.Score);
        double sum = alone.Baseline;
        foreach (double contribution in alone.Contributions)
            sum += contribution;
        Assert.Equal(alone.Explained, sum, 1e-5 * Math.Max(Math.Abs(alone.Explained), Math.Abs(alone.Baseline)));

        var explanation = fitted.Explain(table, Rows - 1);
        Assert.True(explanation.IsAnomaly);
        Assert.NotEmpty(explanation.Reasons);
        Assert.Contains(explanation.Reasons[0].ColumnName, new[] { "amount", "merchant", "at" });
        // Of a date whose hour and weekday count nobody knows how rare these are.
        Assert.All(explanation.Reasons.Where(reason => reason.ColumnName != "at"), reason => Assert.InRange(reason.Rarity!.Value, 0, 1));
        Assert.True(explanation.Counterfactual is not { } change || !(change.Score > fitted.Threshold));
        using var stream = new MemoryStream();
        fitted.Save(stream);
        Assert.Equal(explanation.ToString(), TableDetector.Load(new MemoryStream(stream.ToArray()), Catalog).Explain(table, Rows - 1).ToString());
    }

    private static bool Survives(byte[] file, FeatureTable table, string what)
    {
        try
        {
            float[] scores = TableDetector.Load(new MemoryStream(file), Catalog).Score(table.Slice(0, 20));
            Assert.True(scores.Length == 20, what);
            return true;
        }
        catch (Exception exception) when (exception is ModelFormatException or TableDataException)
        {
            return false;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{what} ended in {exception.GetType().Name}", exception);
        }
    }

    private static (FeatureTable Table, TableDetector Detector) Fit(string detector)
    {
        var table = Payments();
        var trainer = new TableTrainer(Registered(detector).NewTrainer(1, FeatureScaling.None, ThresholdRule.Contamination(0.01)))
        {
            Preparation = new TablePreparation { Missing = MissingCells.Median.WithIndicator() },
        };
        return (table, trainer.Fit(table));
    }

    // Of the last row amount, merchant and hour are unlike all others.
    private static FeatureTable Payments()
    {
        var random = new CounterRandom(7);
        var amounts = new double[Rows];
        var merchants = new string?[Rows];
        var abroad = new sbyte[Rows];
        var times = new long[Rows];
        var start = new DateTime(2024, 3, 4);
        for (int row = 0; row < Rows; row++)
        {
            bool isLast = row == Rows - 1;
            amounts[row] = isLast ? 60 : random.NextDouble() < 0.05 ? double.NaN : 3 + (random.NextDouble() * 2);
            merchants[row] = isLast ? "Casino" : random.NextDouble() < 0.05 ? null : new[] { "Aldi", "Shell", "Bahn" }[random.NextInt32(3)];
            abroad[row] = (sbyte)(isLast ? 1 : random.NextInt32(2));
            times[row] = start.AddDays(row % 28).AddHours(isLast ? 3 : 11 + (random.NextDouble() * 4)).Ticks;
        }

        return new FeatureTable(
            new DoubleColumn("amount", amounts),
            CategoryColumn.FromWords("merchant", merchants),
            new BooleanColumn("abroad", abroad),
            new DateTimeColumn("at", times, isUtc: false));
    }
}
