using AnomalyKit.Numerics;

namespace AnomalyKit.Tests;

/// <summary>A level that training did not see is evidence, and does not outweigh everything else in a row.</summary>
public sealed class UnseenLevelTests
{
    private const int Levels = 10;

    public static TheoryData<string, CategoryEncoding> Cases
    {
        get
        {
            var cases = new TheoryData<string, CategoryEncoding>();
            foreach (string name in (string[])["recommended", "elliptic-envelope", "nearest-neighbors", "isolation-forest", "local-outlier-factor", "one-class-svm", "autoencoder"])
                cases.Add(name, CategoryEncoding.Automatic);
            cases.Add("isolation-forest", CategoryEncoding.OneHot);
            cases.Add("recommended", CategoryEncoding.Frequency);
            cases.Add("elliptic-envelope", CategoryEncoding.Frequency);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Anomalies_in_numbers_stand_above_it_and_ordinary_rows_below(string name, CategoryEncoding encoding)
    {
        foreach (bool isEven in (bool[])[true, false])
        {
            var detector = new TableTrainer(DetectorTrainers.Create(name, 1)) { Preparation = new() { Categories = encoding } }.Fit(Draw(4_000, isEven, 1, _ => false, null));
            float[] ordinary = detector.Score(Draw(200, isEven, 2, _ => false, null));
            float[] unseen = detector.Score(Draw(200, isEven, 2, _ => false, "new"));
            float[] anomalies = detector.Score(Draw(200, isEven, 2, _ => true, null));

            // Row by row: the same numbers with a level that was there, with one that was not, and far apart with one that was there.
            int above = Enumerable.Range(0, 200).Count(row => unseen[row] >= anomalies[row]);
            // The autoencoder limits its inputs, and the forest is vague: to them, an anomaly in numbers is not always further out than a rare level.
            Assert.True(above <= (name is "autoencoder" or "isolation-forest" ? 20 : 4), $"{name}, even {isEven}: {above} of 200 rows with an unseen level score no lower than with an anomaly in numbers.");
            float median = ordinary.Order().ElementAt(100);
            float raised = unseen.Order().ElementAt(100);
            bool isForest = name == "isolation-forest";
            Assert.True(raised > median || isForest, $"{name}, even {isEven}: the median is {median}, with an unseen level {raised}.");
        }
    }

    [Fact]
    public void It_is_still_given_as_a_reason()
    {
        var detector = new TableTrainer(RecommendedEnsemble.Create(1)).Fit(Draw(4_000, isEven: true, 1, _ => false, null));
        var explanation = detector.Explain(Draw(1, isEven: true, 2, _ => false, "new"), 0);
        Assert.Contains(explanation.Reasons, reason => reason.Sentence.Contains("level is new, which no training row has.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_keeps_what_it_is_worth()
    {
        var table = Draw(500, isEven: false, 3, _ => false, null);
        var detector = new TableTrainer(new NearestNeighborsTrainer()).Fit(table);
        using var file = new MemoryStream();
        detector.Save(file);
        file.Position = 0;
        var rows = Draw(50, isEven: false, 4, _ => false, "new");
        Assert.Equal(detector.Score(rows), DetectorFile.LoadTableDetector(file).Score(rows));
    }

    /// <summary>Six numbers, three with a common cause, and a level of ten that are all as common, or each half as common as the one before.</summary>
    private static FeatureTable Draw(int rows, bool isEven, ulong seed, Func<int, bool> isAnomaly, string? level)
    {
        var random = new CounterRandom(seed);
        var numbers = Enumerable.Range(0, 6).Select(_ => new double[rows]).ToArray();
        var words = new string[rows];
        for (int row = 0; row < rows; row++)
        {
            double cause = random.NextGaussian();
            for (int column = 0; column < 6; column++)
                numbers[column][row] = column < 3 ? cause + (0.5 * random.NextGaussian()) : random.NextGaussian();
            int drawn = isEven ? random.NextInt32(Levels) : Math.Min(Levels - 1, (int)-Math.Log2(1 - random.NextDouble()));
            words[row] = level ?? $"level {drawn}";
            for (int column = 0; column < 6 && isAnomaly(row); column += 2)
                numbers[column][row] += column == 2 ? -6 : 6;
        }

        return new FeatureTable([.. numbers.Select((values, column) => new DoubleColumn($"n{column}", values)), CategoryColumn.FromWords("level", words)]);
    }
}
