using AnomalyKit.Feedback.Learning;

namespace AnomalyKit.Feedback.Tests;

public class LearningTests
{
    private const int Cloud = Answering.Cloud;
    private static readonly FeatureMatrix Rows = Answering.TwoGroups();

    [Theory]
    [InlineData(FeedbackLabel.Normal, FeedbackLabel.Anomaly)]
    [InlineData(FeedbackLabel.Anomaly, FeedbackLabel.Normal)]
    public void AnswersMoveRowsLikeThem(FeedbackLabel right, FeedbackLabel above)
    {
        var session = Answering.Session(Rows);
        session.Answer(Answering.GroupAnswers(right, above));
        float[] scores = Answering.Scores(session, Rows);
        float[] unansweredRight = scores[(Cloud + 2)..(Cloud + 5)];
        float[] unansweredAbove = scores[(Cloud + 7)..];

        if (right == FeedbackLabel.Normal)
            Assert.True(unansweredRight.Max() < unansweredAbove.Min());
        else
            Assert.True(unansweredAbove.Max() < unansweredRight.Min());
        Assert.True(session.LastUpdate.HasConverged);
        Assert.True(session.LastUpdate.LossAfter < session.LastUpdate.LossBefore);
    }

    [Fact]
    public void WithoutAnswersTheDetectorIsTheBase()
    {
        var session = Answering.Session(Rows);
        Assert.Same(session.BaseDetector, session.ToDetector());
        session.Answer("k0001", FeedbackLabel.Unsure);
        session.Answer([new FeedbackAnswer("k0002", FeedbackLabel.Anomaly) { Weight = 0 }]);
        Assert.Same(session.BaseDetector, session.ToDetector());
    }

    [Fact]
    public void TheModelIsAFunctionOfTheSet()
    {
        var answers = Answering.GroupAnswers(FeedbackLabel.Normal, FeedbackLabel.Anomaly);
        var together = Answering.Session(Rows);
        together.Answer(answers);
        var oneByOne = Answering.Session(Rows);
        foreach (var answer in answers.Reverse())
            oneByOne.Answer([answer]);
        oneByOne.Answer([answers[0], answers[1]]);
        oneByOne.Answer("k0003", FeedbackLabel.Anomaly);
        Assert.True(oneByOne.Remove("k0003"));
        oneByOne.Answer(answers[2].Key, FeedbackLabel.Normal);
        Assert.True(oneByOne.History[^1].IsCorrection);
        oneByOne.Undo();

        Assert.Equal(Answering.Scores(together, Rows), Answering.Scores(oneByOne, Rows));
        Assert.Equal(together.Answers, oneByOne.Answers);
    }

    [Fact]
    public void NearnessIsKeptForRowsWithAnswersOnly()
    {
        var session = Answering.Session(Rows);
        session.Answer(Answering.GroupAnswers(FeedbackLabel.Normal, FeedbackLabel.Anomaly));
        Assert.Equal(4, session.NearnessCount);
        session.Remove($"k{Cloud:D4}");
        Assert.Equal(3, session.NearnessCount);
    }

    [Fact]
    public void TakingTheLastAnswerBackGivesTheBase()
    {
        var session = Answering.Session(Rows);
        session.Answer("k0300", FeedbackLabel.Normal);
        session.Undo();
        Assert.Same(session.BaseDetector, session.ToDetector());
        Assert.Null(session.Undo());
        Assert.False(session.Remove("k0300"));
    }

    [Theory]
    [InlineData(FeedbackLabel.Normal)]
    [InlineData(FeedbackLabel.Anomaly)]
    public void AnswersOfOneKindKeepTheOrder(FeedbackLabel label)
    {
        var session = Answering.Session(Rows);
        float[] before = session.BaseDetector.Score(Rows);
        for (int i = 0; i < 5; i++)
        {
            var question = session.Ask().Items[0];
            session.Answer(question.Key, label);
            Assert.True(session.Summary.IsOfOneKind);
        }

        float[] after = Answering.Scores(session, Rows);
        var level = session.Lesson.Odds;
        Assert.True(label == FeedbackLabel.Normal ? level.Level < -0.1 : level.Level > 0.1, $"The level is {level.Level}.");
        Assert.All(level.Weights, weight => Assert.Equal(0, weight));
        Assert.Empty(level.Near);
        float[] byBase = (float[])after.Clone();
        Array.Sort((float[])before.Clone(), byBase);
        Assert.Equal(byBase.Order(), byBase);
        Assert.Equal(after[session.Ask().Items[0].Row], (float)session.Ask().Items[0].Score);
    }

    [Theory]
    [InlineData(FeedbackLabel.Normal, FeedbackLabel.Anomaly)]
    [InlineData(FeedbackLabel.Anomaly, FeedbackLabel.Normal)]
    public void TheFirstAnswerOfTheOtherKindBringsWhatAllHaveTaught(FeedbackLabel many, FeedbackLabel one)
    {
        var session = Answering.Session(Rows);
        session.Answer([.. Answering.GroupAnswers(many, one).Take(2)]);
        float[] before = Answering.Scores(session, Rows);
        session.Answer($"k{Cloud + 5:D4}", one);
        Assert.False(session.Summary.IsOfOneKind);
        float[] after = Answering.Scores(session, Rows);
        double right = Gap(after) - Gap(before);
        Assert.True(one == FeedbackLabel.Anomaly ? right < -0.5 : right > 0.5, $"The right group moved by {right} against the upper one.");

        static double Gap(float[] scores) => scores[(Cloud + 2)..(Cloud + 5)].Average() - scores[(Cloud + 7)..].Average();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void TheLevelIsWhereTheLossIsLeast(double target)
    {
        AnsweredRow[] rows = [new([], 2, target, 1), new([], -1, target, 0.5), new([], 0.3, target, 3)];
        double level = AnswerLevel.Of(rows, 10);
        double least = Loss(level);
        Assert.True(least < Loss(level - 1e-3) && least < Loss(level + 1e-3) && least < Loss(0));
        Assert.Equal(0, AnswerLevel.Of([], 10));

        double Loss(double at) => (at * at / 20) - rows.Sum(row => row.Weight * Math.Log(row.Target == 1 ? AnswerFit.Probability(row.Prior + at) : 1 - AnswerFit.Probability(row.Prior + at)));
    }

    [Fact]
    public void ADisputedRowSaysBoth()
    {
        var session = Answering.Session(Rows);
        session.Answer([new("k0300", FeedbackLabel.Normal), new("k0301", FeedbackLabel.Normal, "ann")]);
        Assert.True(session.Summary.IsOfOneKind);
        session.Answer("k0301", FeedbackLabel.Anomaly, "bob");
        Assert.False(session.Summary.IsOfOneKind);
        Assert.Equal(["k0301"], session.Summary.Disputed);
    }

    [Fact]
    public void AFreshAnswerNormalIsNotTheSameAsNone()
    {
        var one = Answering.Session(Rows);
        one.Answer(Answering.GroupAnswers(FeedbackLabel.Normal, FeedbackLabel.Anomaly));
        var more = Answering.Session(Rows);
        more.Answer(Answering.GroupAnswers(FeedbackLabel.Normal, FeedbackLabel.Anomaly));
        more.Answer("k0010", FeedbackLabel.Unsure);
        Assert.Equal(Answering.Scores(one, Rows), Answering.Scores(more, Rows));
        more.Answer("k0010", FeedbackLabel.Normal);
        Assert.NotEqual(Answering.Scores(one, Rows), Answering.Scores(more, Rows));
    }

    [Fact]
    public void ContradictionsAndFewStepsStayFinite()
    {
        float[] cells = [.. Enumerable.Range(0, 40).SelectMany(i => new float[] { i % 4, i % 3 }), 9, 9, 9, 9];
        var rows = FeatureMatrix.Wrap(cells.AsMemory(), 2);
        foreach (int steps in (int[])[1, 100])
        {
            var session = Answering.Session(rows, new FeedbackOptions { MaxIterations = steps });
            session.Answer([new("k0040", FeedbackLabel.Anomaly), new("k0041", FeedbackLabel.Normal)]);
            Assert.All(Answering.Scores(session, rows), score => Assert.True(float.IsFinite(score)));
            Assert.True(session.LastUpdate.LossAfter <= session.LastUpdate.LossBefore);
            Assert.True(session.LastUpdate.IterationCount <= steps);
        }
    }

    [Fact]
    public void DisagreementCountsByWeight()
    {
        var session = Answering.Session(Rows);
        session.Answer([new("k0300", FeedbackLabel.Anomaly, "ann"), new("k0300", FeedbackLabel.Normal, "bob"), new("k0300", FeedbackLabel.Unsure, "cid")]);
        Assert.Equal(["k0300"], session.Summary.Disputed);
        Assert.Equal(1, session.Summary.ShownCount);

        var agreed = Answering.Session(Rows);
        agreed.Answer("k0300", FeedbackLabel.Anomaly);
        var refused = Answering.Session(Rows);
        refused.Answer("k0300", FeedbackLabel.Normal);
        float disputed = Answering.Scores(session, Rows)[300];
        Assert.InRange(disputed, Answering.Scores(refused, Rows)[300], Answering.Scores(agreed, Rows)[300]);
    }

    [Fact]
    public void RowsInAnotherOrderGiveTheSameModel()
    {
        int[] order = [.. Enumerable.Range(0, Rows.RowCount).Select(i => (i * 7) % Rows.RowCount)];
        string[] keys = Answering.Keys(Rows.RowCount);
        var moved = Rows.SelectRows(order);
        var forest = Answering.Forest(Rows);
        var one = FeedbackSession.Start(forest, Rows, keys);
        var other = FeedbackSession.Start(forest, moved, [.. order.Select(row => keys[row])]);
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(one.Ask(3).Items.Select(item => item.Key), other.Ask(3).Items.Select(item => item.Key));
            string key = one.Ask().Items[0].Key;
            var label = i % 2 == 0 ? FeedbackLabel.Anomaly : FeedbackLabel.Normal;
            one.Answer(key, label);
            other.Answer(key, label);
        }

        Assert.Equal(Answering.Scores(one, Rows), Answering.Scores(other, Rows));
    }
}
