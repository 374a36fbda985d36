using AnomalyKit.Numerics;

namespace AnomalyKit.Feedback.Tests;

/// <summary>Rows, detectors and answers that the tests share.</summary>
internal static class Answering
{
    public const int Cloud = 300;

    /// <summary>A cloud of 300 rows around 0, five rows near (6, 0), five near (0, 6).</summary>
    public static FeatureMatrix TwoGroups()
    {
        var random = new CounterRandom(7);
        var cells = new float[2 * (Cloud + 10)];
        for (int row = 0; row < Cloud + 10; row++)
        {
            double spread = row < Cloud ? 1 : 0.1;
            cells[2 * row] = (float)((spread * random.NextGaussian()) + (row is >= Cloud and < Cloud + 5 ? 6 : 0));
            cells[(2 * row) + 1] = (float)((spread * random.NextGaussian()) + (row >= Cloud + 5 ? 6 : 0));
        }

        return FeatureMatrix.Wrap(cells, 2);
    }

    public static string[] Keys(int count) => [.. Enumerable.Range(0, count).Select(row => $"k{row:D4}")];

    public static IsolationForestDetector Forest(FeatureMatrix rows, double contamination = 0.03) =>
        new IsolationForestTrainer { TreeCount = 50, Seed = 1, Threshold = ThresholdRule.Contamination(contamination) }.Fit(rows);

    public static FeedbackSession Session(FeatureMatrix rows, FeedbackOptions? options = null) => FeedbackSession.Start(Forest(rows), rows, Keys(rows.RowCount), options);

    public static FeedbackAnswer[] GroupAnswers(FeedbackLabel right, FeedbackLabel above) =>
    [
        new($"k{Cloud:D4}", right), new($"k{Cloud + 1:D4}", right), new($"k{Cloud + 5:D4}", above), new($"k{Cloud + 6:D4}", above),
    ];

    public static float[] Scores(FeedbackSession session, FeatureMatrix rows) => session.ToDetector().Score(rows);
}
