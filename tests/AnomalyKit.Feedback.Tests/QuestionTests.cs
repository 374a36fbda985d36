namespace AnomalyKit.Feedback.Tests;

public class QuestionTests
{
    [Theory]
    [InlineData(QuestionChoice.Balanced)]
    [InlineData(QuestionChoice.Top)]
    [InlineData(QuestionChoice.Diverse)]
    [InlineData(QuestionChoice.Uncertain)]
    [InlineData(QuestionChoice.Random)]
    public void RepeatedRowsAreDistinctQuestions(QuestionChoice choice)
    {
        var rows = FeatureMatrix.Wrap(Enumerable.Range(0, 12).SelectMany(i => i % 2 == 0 ? new float[] { 0, 0 } : [5, 5]).ToArray(), 2);
        var session = Answering.Session(rows);
        var questions = session.Ask(6, choice);
        Assert.Equal(6, questions.Items.Select(item => item.Key).Distinct().Count());
        Assert.False(questions.IsPoolExhausted);
        Assert.Equal(questions.Items, session.Ask(6, choice).Items);
    }

    [Fact]
    public void LoneRowsAreNotCrowdedOutByCopies()
    {
        var rows = Crowd();
        var session = FeedbackSession.Start(new NearestNeighborsTrainer { Neighbors = 45 }.Fit(rows), rows, Answering.Keys(rows.RowCount), new FeedbackOptions { Contamination = 0.1 });
        string[] lone = ["k0240", "k0241", "k0242"];
        Assert.Subset(session.Ask(5, QuestionChoice.Diverse).Items.Select(item => item.Key).ToHashSet(), lone.ToHashSet());
        Assert.Equal(5, session.Ask(5, QuestionChoice.Top).Items.Count);
    }

    [Fact]
    public void AnExhaustedPoolSaysSo()
    {
        var rows = FeatureMatrix.Wrap(new float[] { 0, 0, 1, 0, 0, 1, 8, 8 }, 2);
        var session = Answering.Session(rows);
        var all = session.Ask(6);
        Assert.Equal(4, all.Items.Count);
        Assert.True(all.IsPoolExhausted);
        foreach (var question in all.Items)
            session.Answer(question.Key, question.Row == 1 ? FeedbackLabel.Unsure : FeedbackLabel.Normal);
        foreach (var choice in Enum.GetValues<QuestionChoice>())
        {
            Assert.Empty(session.Ask(1, choice).Items);
            Assert.True(session.Ask(1, choice).IsPoolExhausted);
        }
    }

    [Fact]
    public void AnsweredRowsAreNotAskedAgain()
    {
        var session = Answering.Session(Answering.TwoGroups());
        var seen = new HashSet<string>();
        for (int i = 0; i < 30; i++)
        {
            string key = session.Ask().Items[0].Key;
            Assert.True(seen.Add(key));
            session.Answer(key, i % 3 == 0 ? FeedbackLabel.Unsure : i % 3 == 1 ? FeedbackLabel.Anomaly : FeedbackLabel.Normal);
        }
    }

    [Fact]
    public void CountsAreOfTheRowsWithAnAnswer()
    {
        var session = Answering.Session(Answering.TwoGroups());
        var shown = session.Ask(20, QuestionChoice.Top).Items;
        for (int i = 0; i < shown.Count; i++)
            session.Answer(shown[i].Key, i < 8 ? FeedbackLabel.Anomaly : FeedbackLabel.Normal);
        Assert.Equal("8 of the 20 rows with an answer are anomalies, 12 normal, 0 unsure", session.Summary.ToString());
        Assert.Null(session.Options.Contamination);
    }

    [Fact]
    public void AnswersWithoutWeightCountForNothing()
    {
        var session = Answering.Session(Answering.TwoGroups());
        session.Answer([new("k0001", FeedbackLabel.Anomaly) { Weight = 0 }, new("k0002", FeedbackLabel.Normal), new("k0002", FeedbackLabel.Anomaly, "bob") { Weight = 0 }]);
        Assert.Equal("0 of the 2 rows with an answer are anomalies, 1 normal, 1 unsure", session.Summary.ToString());
        var detector = Assert.IsType<FeedbackDetector>(session.ToDetector());
        Assert.Equal((0, 1), (detector.AnomalyCount, detector.NormalCount));
    }

    [Fact]
    public void ManyRowsAreAskedAboutByCandidates()
    {
        var rows = Answering.TwoGroups();
        var session = Answering.Session(rows, new FeedbackOptions { CandidateCount = 20 });
        var asked = session.Ask(50);
        Assert.Equal(20, asked.Items.Count);
        Assert.True(asked.IsPoolExhausted);
        Assert.Equal(50, session.Ask(50, QuestionChoice.Random).Items.Count);
    }

    private static FeatureMatrix Crowd()
    {
        var random = new Numerics.CounterRandom(3);
        var cells = new List<float>();
        for (int row = 0; row < 200; row++)
            cells.AddRange([(float)random.NextGaussian(), (float)random.NextGaussian()]);
        for (int row = 0; row < 40; row++)
            cells.AddRange([9 + (0.001f * (float)random.NextGaussian()), 9 + (0.001f * (float)random.NextGaussian())]);
        cells.AddRange([-8, 7, 8, -7, -9, -9]);
        return FeatureMatrix.Wrap(cells.ToArray(), 2);
    }
}
