namespace AnomalyKit.Feedback.Tests;

public class RefusalTests
{
    private static readonly FeatureMatrix Rows = Answering.TwoGroups();

    [Fact]
    public void KeysAreStableOrRefused()
    {
        var forest = Answering.Forest(Rows);
        string[] keys = Answering.Keys(Rows.RowCount);
        keys[9] = keys[4];
        Assert.Contains("4 and 9", Assert.Throws<ArgumentException>(() => FeedbackSession.Start(forest, Rows, keys)).Message, StringComparison.Ordinal);
        keys[9] = "";
        Assert.Contains("row 9", Assert.Throws<ArgumentException>(() => FeedbackSession.Start(forest, Rows, keys)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => FeedbackSession.Start(forest, Rows, ["a"]));
        Assert.Contains("'7'", Assert.Throws<ArgumentException>(() => Answering.Session(Rows).Answer("7", FeedbackLabel.Normal)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KeysAreWholeCharacters()
    {
        string[] keys = Answering.Keys(Rows.RowCount);
        keys[9] = "a😀";
        Assert.NotNull(FeedbackSession.Start(Answering.Forest(Rows), Rows, keys));
        keys[9] = "a\ud83d";
        Assert.Contains("row 9", Assert.Throws<ArgumentException>(() => FeedbackSession.Start(Answering.Forest(Rows), Rows, keys)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new FeedbackAnswer("\ude00b", FeedbackLabel.Normal));
        Assert.Throws<ArgumentException>(() => new FeedbackAnswer("a", FeedbackLabel.Normal, "\ud83d\ud83d"));
    }

    [Fact]
    public void NothingIsTakenOfAnswersThatCannotBe()
    {
        var session = Answering.Session(Rows);
        Assert.Throws<ArgumentException>(() => session.Answer([new("k0001", FeedbackLabel.Anomaly), new("nobody", FeedbackLabel.Anomaly)]));
        Assert.Throws<ArgumentException>(() => session.Answer([new("k0001", FeedbackLabel.Anomaly), new("k0001", FeedbackLabel.Normal)]));
        Assert.Empty(session.Answers);
        Assert.Empty(session.History);
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    public void WeightsAreFinite(double weight) => Assert.Throws<ArgumentOutOfRangeException>(() => new FeedbackAnswer("a", FeedbackLabel.Normal) { Weight = weight });

    [Fact]
    public void LabelsAreWords()
    {
        Assert.Equal(FeedbackLabel.Anomaly, FeedbackAnswer.ParseLabel(" Anomaly "));
        Assert.Equal(new FeedbackAnswer("a", true), new FeedbackAnswer("a", FeedbackAnswer.ParseLabel("anomaly")));
        Assert.Equal(new FeedbackAnswer("a", false), new FeedbackAnswer("a", FeedbackLabel.Normal));
        foreach (string text in (string[])["0", "1", "-1", "", "yes"])
            Assert.Throws<ArgumentException>(() => FeedbackAnswer.ParseLabel(text));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeedbackAnswer("a", (FeedbackLabel)3));
    }

    [Fact]
    public void RowsOfOtherColumnsAreRefused() =>
        Assert.Throws<ArgumentException>(() => FeedbackSession.Start(Answering.Forest(Rows), FeatureMatrix.Wrap(new float[] { 1, 2, 3 }, 3)));

    [Fact]
    public void OptionsHaveRanges()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeedbackOptions { CandidateCount = 9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeedbackOptions { Contamination = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeedbackOptions { MaxIterations = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Answering.Session(Rows).Ask(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Answering.Session(Rows).Ask(1, (QuestionChoice)9));
    }
}
