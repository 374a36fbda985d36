using AnomalyKit.Feedback.Contributions;
using AnomalyKit.Feedback.Features;
using AnomalyKit.Feedback.Learning;
using AnomalyKit.Numerics;

namespace AnomalyKit.Feedback.Tests;

public class AttributionTests
{
    // Of a level, members' lines and columns' lines the tests below take none: nearness alone is left.
    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void NearnessIsTheIntegralOfItsGradient(ulong seed)
    {
        const int Columns = 4;
        var space = Space(Numbers(Columns));
        var random = new CounterRandom(seed);
        float[] answered = [.. Enumerable.Range(0, 3 * Columns).Select(_ => (float)random.NextGaussian())];
        // Nearly on the line: the integral has a narrow peak.
        float[] row = [.. Enumerable.Range(0, Columns).Select(j => (2 * answered[j]) + (seed == 3 ? 1e-4f * j : 0.5f * j))];
        var learned = new LearnedOdds(space, 0, new double[space.FeatureCount], [1.5, -2, 0.7], answered);
        var shares = new double[Columns];
        var nearness = new NearnessShares(space, learned);
        double explained = nearness.Divide(row, shares);
        Assert.Equal(learned.ChangeOf([0, .. row]), explained, 1e-12);
        Assert.Equal(explained - nearness.Baseline, shares.Sum(), 1e-12);
        double[] expected = IntegralOfGradient(learned, space.Reach, row);
        for (int j = 0; j < Columns; j++)
            Assert.Equal(expected[j], shares[j], 1e-5);
    }

    [Fact]
    public void ACategoryWithTheRowOfAnAnomalyIsTheReason()
    {
        var schema = new FeatureSchema(["amount", "kind", "shop"]).WithCategories(new Dictionary<string, int> { ["kind"] = 3, ["shop"] = 4 });
        var space = Space(schema);
        // Two normal rows of kind 0, one anomaly of kind 2, all in shop 1.
        var learned = new LearnedOdds(space, 0, new double[space.FeatureCount], [-1, -1, 2], [0, 0, 1, 0.5f, 0, 1, 0, 2, 1]);
        var nearness = new NearnessShares(space, learned);
        var shares = new double[3];
        double explained = nearness.Divide([0, 2, 1], shares);
        Assert.Equal(learned.ChangeOf([0, 0, 2, 1]), explained, 1e-12);
        Assert.Equal([0, explained - nearness.Baseline, 0], shares);
        Assert.True(shares[1] > 1);

        shares.AsSpan().Clear();
        explained = nearness.Divide([0.3f, 1, 3], shares);
        Assert.Equal(explained - nearness.Baseline, shares.Sum(), 1e-12);
        Assert.True(shares[1] > 0 && shares[2] > 0, "Away from two normal rows.");
    }

    [Fact]
    public void ManyRowsWithCategoriesAndMissingCellsAddUp()
    {
        var schema = new FeatureSchema(["amount", "kind"]).WithCategories(new Dictionary<string, int> { ["kind"] = 3 }).WithMissing("amount", "kind");
        float[] cells = [.. Enumerable.Range(0, 90).SelectMany(i => new[] { i % 7 == 0 ? float.NaN : i % 5, i % 11 == 0 ? float.NaN : i % 3 })];
        var rows = FeatureMatrix.Wrap(cells, schema);
        var session = FeedbackSession.Start(new IsolationForestTrainer { TreeCount = 20 }.Fit(rows), rows);
        session.Answer("1", FeedbackLabel.Anomaly);
        session.Answer("0", FeedbackLabel.Normal);
        session.Answer("7", FeedbackLabel.Normal);
        var detector = session.ToDetector();
        var batch = detector.Attribute(rows);
        Assert.True(batch.Info.IsExact);
        float[] scores = detector.Score(rows);
        for (int row = 0; row < rows.RowCount; row++)
        {
            Assert.Equal(scores[row], batch.Explained[row], 1e-5);
            Assert.Equal(batch.Explained[row], batch.Baselines[row] + batch.Contributions(row).ToArray().Sum(), 1e-9);
        }
    }

    [Fact]
    public void AnAnswerChangesWhatSpeaksAgainstARow()
    {
        var rows = Answering.TwoGroups();
        var session = Answering.Session(rows);
        var before = session.ToDetector().Attribute(rows, Answering.Cloud + 2);
        session.Answer(Answering.GroupAnswers(FeedbackLabel.Normal, FeedbackLabel.Anomaly));
        var right = session.ToDetector().Attribute(rows, Answering.Cloud + 2);
        var above = session.ToDetector().Attribute(rows, Answering.Cloud + 7);
        Assert.True(before.Contributions[0] > 0);
        Assert.True(right.Contributions[0] < above.Contributions[1], "Rows on the right were said to be normal.");
        Assert.Equal("base-and-answers", above.Info.Method);
        Assert.Equal(1, above.Top(1).Single().Index);
    }

    [Fact]
    public void ABaseWithoutAMethodOfItsOwnIsSampled()
    {
        var rows = Answering.TwoGroups();
        var ensemble = new EnsembleTrainer { Members = [new("forest", new IsolationForestTrainer { TreeCount = 20 })], Scaling = new RobustWhitening() }.Fit(rows);
        var session = FeedbackSession.Start(ensemble, rows);
        session.Answer("301", FeedbackLabel.Anomaly);
        Assert.IsType<SamplingAttributor>(session.ToDetector().CreateAttributor());
    }

    private static FeatureSchema Numbers(int columns) => new(Enumerable.Range(0, columns).Select(j => $"c{j}"));

    /// <summary>A space whose numbers are their own features, near zero, and whose reach is that of normal rows.</summary>
    private static RowSpace Space(FeatureSchema schema)
    {
        var random = new CounterRandom(5);
        float[] cells = [.. Enumerable.Range(0, 200 * schema.ColumnCount).Select(i => schema.LevelCounts[i % schema.ColumnCount] > 0 ? random.NextInt32(2) : (float)random.NextGaussian())];
        var rows = FeatureMatrix.Wrap(cells, schema);
        float[] scores = [.. Enumerable.Range(0, 200).Select(i => (float)i)];
        return RowSpace.Fit(rows, schema, [.. Enumerable.Range(0, 200)], scores, scores, 1, 5);
    }

    private static double[] IntegralOfGradient(LearnedOdds learned, double reach, float[] row)
    {
        const int Steps = 400_000;
        var shares = new double[row.Length];
        var apart = new double[row.Length];
        for (int i = 0; i < learned.Near.Length; i++)
        {
            for (int step = 0; step < Steps; step++)
            {
                double t = (step + 0.5) / Steps;
                double square = 0;
                for (int j = 0; j < row.Length; j++)
                {
                    apart[j] = (t * row[j]) - learned.NearRows[(i * row.Length) + j];
                    square += apart[j] * apart[j];
                }

                double distance = Math.Sqrt(square);
                double slope = -learned.Near[i] * Math.Exp(-distance / reach) / (reach * distance) / Steps;
                for (int j = 0; j < row.Length; j++)
                    shares[j] += slope * apart[j] * row[j];
            }
        }

        return shares;
    }
}
