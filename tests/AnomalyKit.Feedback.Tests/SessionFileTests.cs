using System.Text;
using AnomalyKit.Feedback.Features;
using AnomalyKit.Feedback.Learning;
using AnomalyKit.Feedback.Model;
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
    public void AKeyWithAnotherRowIsUnanswered()
    {
        var session = Started();
        session.Save(_path);
        string[] keys = Answering.Keys(Rows.RowCount);
        var changed = Changed(300);
        var resumed = FeedbackSession.Resume(_path, session.BaseDetector, changed, keys);
        Assert.Equal(Answering.Scores(session, Rows), Answering.Scores(resumed, Rows));
        Assert.Contains("k0300", Asked(resumed));
        Assert.DoesNotContain("k0300", Asked(session));

        // Answered anew: as if the row of before had never been.
        resumed.Answer("k0300", FeedbackLabel.Normal);
        Assert.DoesNotContain("k0300", Asked(resumed));
        Assert.Equal(new FeedbackAnswer("k0300", FeedbackLabel.Normal), Assert.Single(resumed.Answers, answer => answer.Key == "k0300"));
        session.Remove("k0300");
        session.Remove("k0300", "bob");
        session.Save(_path);
        var other = FeedbackSession.Resume(_path, session.BaseDetector, changed, keys);
        other.Answer("k0300", FeedbackLabel.Normal);
        Assert.Equal(Answering.Scores(other, Rows), Answering.Scores(resumed, Rows));
        session.Answer("k0300", FeedbackLabel.Normal);
        Assert.NotEqual(Answering.Scores(session, Rows), Answering.Scores(resumed, Rows));

        resumed.Save(_path);
        var again = FeedbackSession.Resume(_path, session.BaseDetector, changed, keys);
        Assert.Equal(Answering.Scores(resumed, Rows), Answering.Scores(again, Rows));
        Assert.DoesNotContain("k0300", Asked(again));
        Assert.Equal(resumed.Undo(), again.Undo());
        Assert.Contains("k0300", Asked(again));
    }

    [Fact]
    public void RowNumbersOfOtherRowsAreRefused()
    {
        var session = FeedbackSession.Start(Answering.Forest(Rows), Rows);
        session.Answer("300", FeedbackLabel.Anomaly);
        session.Save(_path);
        Assert.Contains("keys", Assert.Throws<ArgumentException>(() => FeedbackSession.Resume(_path, session.BaseDetector, Changed(300))).Message, StringComparison.Ordinal);
        Assert.Single(FeedbackSession.Resume(_path, session.BaseDetector, Changed(7)).Answers);
    }

    [Fact]
    public void KeysInAnotherOrderAreRefused()
    {
        var session = Started();
        session.Save(_path);
        string text = Encoding.Latin1.GetString(File.ReadAllBytes(_path));
        Assert.Contains("k0300", text, StringComparison.Ordinal);
        string swapped = text.Replace("k0300", "k????", StringComparison.Ordinal).Replace("k0301", "k0300", StringComparison.Ordinal).Replace("k????", "k0301", StringComparison.Ordinal);
        File.WriteAllBytes(_path, Encoding.Latin1.GetBytes(swapped));
        var error = Assert.Throws<ModelFormatException>(() => FeedbackSession.Resume(_path, session.BaseDetector, Rows, Answering.Keys(Rows.RowCount)));
        Assert.Contains("order", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NumbersThatCannotBeAreRefused()
    {
        var space = Started().Space;
        Refused(writer => LearnedFormat.Write(writer, new LearnedOdds(space, double.PositiveInfinity, new double[space.FeatureCount], [], [])), reader => LearnedFormat.Read(reader, space));
        Refused(writer => writer.Set("reach", double.PositiveInfinity), reader => RowSpace.Read(reader, Rows.Schema, 1));
        Refused(
            writer =>
            {
                writer.Add<double>("centers", new double[] { 0 });
                writer.Add<double>("spreads", new double[] { 1e-60 });
            },
            reader => MemberFeatures.Read(reader, 1));

        static void Refused(Action<ModelWriter> write, Action<ModelReader> read)
        {
            using var file = new MemoryStream();
            var writer = new ModelWriter();
            write(writer);
            writer.Save(file);
            file.Position = 0;
            var error = Assert.Throws<ModelFormatException>(() => read(ModelReader.Open(file)));
            Assert.Matches("level|reach|spread", error.Message);
        }
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

    private static HashSet<string> Asked(FeedbackSession session) => [.. session.Ask(Rows.RowCount, QuestionChoice.Top).Items.Select(item => item.Key)];

    /// <summary>The rows, of which one is another.</summary>
    private static FeatureMatrix Changed(int row)
    {
        float[] cells = [.. Enumerable.Range(0, Rows.RowCount).SelectMany(at => at == row ? [2, -3] : Rows.Cells(at).ToArray())];
        return FeatureMatrix.Wrap(cells, Rows.ColumnCount);
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
