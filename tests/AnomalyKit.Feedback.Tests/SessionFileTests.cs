using AnomalyKit.Persistence;

namespace AnomalyKit.Feedback.Tests;

public sealed class SessionFileTests : IDisposable
{
    private static readonly FeatureMatrix Rows = Answering.TwoGroups();
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"feedback-{Guid.NewGuid():N}.akf");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void ASessionGoesOnWhereItWas()
    {
        var session = Started();
        session.Save(_path);
        var resumed = FeedbackSession.Resume(_path, session.BaseDetector, Rows, Answering.Keys(Rows.RowCount));
        Assert.Equal(session.Answers, resumed.Answers);
        Assert.Equal(session.History, resumed.History);
        Assert.Equal(session.Options, resumed.Options);
        Assert.Equal(Answering.Scores(session, Rows), Answering.Scores(resumed, Rows));
        Assert.Equal(session.Ask(5).Items, resumed.Ask(5).Items);
        Assert.Equal(session.Undo(), resumed.Undo());
        Assert.Equal(Answering.Scores(session, Rows), Answering.Scores(resumed, Rows));
    }

    [Fact]
    public void AnswersStayWithTheirRowsAmongOthers()
    {
        var session = Started();
        session.Save(_path);
        // A later table: the answered rows are gone, others stand where they stood.
        int[] kept = [.. Enumerable.Range(0, Rows.RowCount).Reverse().Where(row => row is < 300 or 302 or 307)];
        string[] keys = Answering.Keys(Rows.RowCount);
        var resumed = FeedbackSession.Resume(_path, session.BaseDetector, Rows.SelectRows(kept), [.. kept.Select(row => keys[row])]);
        Assert.Equal(Answering.Scores(session, Rows), Answering.Scores(resumed, Rows));
        resumed.Answer("k0300", FeedbackLabel.Unsure);
        Assert.Equal(FeedbackLabel.Unsure, resumed.Answers.First(answer => answer is { Key: "k0300", Analyst: "" }).Label);
    }

    [Fact]
    public void AnotherDetectorIsRefused()
    {
        var session = Started();
        session.Save(_path);
        var other = new IsolationForestTrainer { TreeCount = 50, Seed = 2 }.Fit(Rows);
        Assert.Contains("another detector", Assert.Throws<ModelFormatException>(() => FeedbackSession.Resume(_path, other, Rows)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedFilesAreRefused()
    {
        var session = Started();
        session.Save(_path);
        byte[] bytes = File.ReadAllBytes(_path);
        for (int at = 0; at < bytes.Length; at += Math.Max(1, bytes.Length / 60))
        {
            byte[] damaged = (byte[])bytes.Clone();
            damaged[at] ^= 0x15;
            File.WriteAllBytes(_path, damaged);
            Assert.Throws<ModelFormatException>(() => FeedbackSession.Resume(_path, session.BaseDetector, Rows));
            File.WriteAllBytes(_path, bytes[..at]);
            Assert.Throws<ModelFormatException>(() => FeedbackSession.Resume(_path, session.BaseDetector, Rows));
        }

        session.BaseDetector.Save(_path);
        Assert.Throws<ModelFormatException>(() => FeedbackSession.Resume(_path, session.BaseDetector, Rows));
    }

    private static FeedbackSession Started()
    {
        var session = Answering.Session(Rows, new FeedbackOptions { Seed = 5, Contamination = 0.02 });
        session.Answer(Answering.GroupAnswers(FeedbackLabel.Normal, FeedbackLabel.Anomaly));
        session.Answer("k0300", FeedbackLabel.Anomaly, "bob");
        session.Answer("k0004", FeedbackLabel.Unsure);
        session.Answer("k0005", FeedbackLabel.Normal);
        session.Remove("k0005");
        return session;
    }
}
