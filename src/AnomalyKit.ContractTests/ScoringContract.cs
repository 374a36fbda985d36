using AnomalyKit.ContractTests.Support;

namespace AnomalyKit.ContractTests;

/// <summary>What a score is: higher is more anomalous, finite, within the stated range, and a matter of the row alone (rules 2, 3 and 4).</summary>
/// <typeparam name="TList">The detectors.</typeparam>
public abstract class ScoringContract<TList> : DetectorContract<TList>
    where TList : IDetectorList, new()
{
    private static readonly int[] BlockSizes = [1, 2, 3, 7, 8, 15, 16, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257];

    // Scaled inside, rows pass through a buffer of their own: alone, fewer than a block, and more than one. The same sizes
    // do where many training rows make scoring slow: how rows are cut into blocks is a matter of the rows that are scored.
    private static readonly int[] SomeBlockSizes = [1, 33, 256, 257];

    [Theory]
    [EveryDetector]
    public void Rows_far_from_all_others_score_higher(string detector)
    {
        var registration = Registered(detector);
        for (ulong seed = 0; seed < 5; seed++)
        {
            var data = EasySet.Draw(seed);
            float[] scores = registration.Fit(data, seed).Score(data);
            double auc = DetectionMetrics.RocAuc(data.Labels.Span, scores);
            Assert.True(auc >= registration.EasyAuc, $"Seed {seed}: area under the ROC curve {auc}.");
            float median = scores.Order().ElementAt(scores.Length / 2);
            for (int row = 0; row < scores.Length; row++)
            {
                if (data.Labels.Span[row] && !(scores[row] > median))
                    Assert.Fail($"Seed {seed}: anomaly {row} scores {scores[row]}, the median is {median}.");
            }
        }
    }

    [Theory]
    [EveryDetector(Over.Scalings)]
    public void Rows_far_from_all_others_score_higher_when_scaled(string detector, string scaling)
    {
        var registration = Registered(detector);
        var data = EasySet.Draw(1);
        double auc = DetectionMetrics.RocAuc(data.Labels.Span, registration.Fit(data, Scalings.All[scaling]).Score(data));
        Assert.True(auc >= registration.EasyAuc, $"Area under the ROC curve {auc}.");
    }

    [Theory]
    [EveryDetector(Over.Shapes)]
    public void Scores_are_finite_and_within_the_stated_range(string detector, string shape)
    {
        var data = DataShape.Named(shape);
        foreach (var scaling in data.ScalingsToTry)
        {
            var fitted = Fitted(detector, data, scaling).Detector;
            foreach (float score in fitted.Score(data.Training()).Concat(fitted.Score(data.Probes())))
            {
                if (!float.IsFinite(score) || score < fitted.Info.MinScore || score > fitted.Info.MaxScore)
                    Assert.Fail($"Scaling {scaling}: score {score} outside [{fitted.Info.MinScore}, {fitted.Info.MaxScore}].");
            }

            Assert.False(double.IsNaN(fitted.Threshold));
        }
    }

    [Theory]
    [EveryDetector]
    public void Rows_beyond_everything_seen_in_training_have_finite_scores(string detector)
    {
        foreach (var scaling in Scalings.All.Values)
        {
            var fitted = Fitted(detector, DataShape.Usual, scaling).Detector;
            foreach (float end in (float[])[float.MaxValue, float.MinValue, float.Epsilon, 0f, -0f, 1e30f, -1e-30f])
            {
                var row = new float[fitted.Schema.ColumnCount];
                row.AsSpan().Fill(end);
                Assert.InRange(fitted.Score(row), Math.Max(fitted.Info.MinScore, float.MinValue), Math.Min(fitted.Info.MaxScore, float.MaxValue));
            }
        }
    }

    [Theory]
    [EveryDetector(Over.Shapes)]
    public void Scores_are_the_same_in_batches_of_any_size(string detector, string shape)
    {
        var data = DataShape.Named(shape);
        foreach (var scaling in (FeatureScaling[])[FeatureScaling.None, FeatureScaling.Robust])
        {
            var fitted = Fitted(detector, data, scaling).Detector;
            float[] rows = data.Cells(DataShape.ProbeRows, stream: 1);
            var expected = new float[DataShape.ProbeRows];
            fitted.Score(rows, expected);
            var actual = new float[expected.Length];
            foreach (int size in scaling == FeatureScaling.None && data.Rows <= 1000 ? BlockSizes : SomeBlockSizes)
            {
                Array.Clear(actual);
                for (int start = 0; start < actual.Length; start += size)
                {
                    int count = Math.Min(size, actual.Length - start);
                    fitted.Score(rows.AsSpan(start * data.Columns, count * data.Columns), actual.AsSpan(start, count));
                }

                Same.Bits(expected, actual, $"Scaling {scaling}, blocks of {size}");
            }
        }
    }

    [Theory]
    [EveryDetector]
    public void Scores_do_not_depend_on_the_rows_beside(string detector)
    {
        var fitted = Fitted(detector).Detector;
        int columns = DataShape.Usual.Columns;
        float[] rows = DataShape.Usual.Cells(128, stream: 1);
        var alone = new float[128];
        fitted.Score(rows, alone);

        // Every other row is replaced by something extreme; the rows between must not notice.
        for (int row = 1; row < 128; row += 2)
            rows.AsSpan(row * columns, columns).Fill(row % 4 == 1 ? float.MaxValue : -1e30f);
        var beside = new float[128];
        fitted.Score(rows, beside);
        for (int row = 0; row < 128; row += 2)
            Assert.Equal(alone[row], beside[row]);
    }

    [Theory]
    [EveryDetector]
    public void Scores_are_the_same_at_any_thread_count(string detector)
    {
        var data = DataShape.Normal(20_000, 3).Training();
        var fitted = Registered(detector).Fit(data.Slice(0, 2000));
        float[] expected = fitted.Score(data, new ScoreOptions { MaxDegreeOfParallelism = 1 });
        foreach (int threads in (int[])[2, 3, 8, -1])
            Same.Bits(expected, fitted.Score(data, new ScoreOptions { MaxDegreeOfParallelism = threads }), $"{threads} threads");
    }

    [Theory]
    [EveryDetector(Over.Transforms)]
    public void Many_threads_may_score_with_one_detector_at_once(string detector, string scaling)
    {
        var fitted = Fitted(detector, DataShape.Usual, Scalings.All[scaling]).Detector;
        int columns = fitted.Schema.ColumnCount;
        float[] rows = DataShape.Usual.Cells(DataShape.ProbeRows, stream: 1);
        var expected = new float[DataShape.ProbeRows];
        fitted.Score(rows, expected);
        Together.Run(8, thread =>
        {
            // Blocks of another size in each thread, so that threads are at different rows at the same time.
            int size = 1 + (thread * 37);
            var actual = new float[expected.Length];
            for (int round = 0; round < 8; round++)
            {
                Array.Clear(actual);
                for (int at = 0; at < expected.Length; at += size)
                {
                    int count = Math.Min(size, expected.Length - at);
                    fitted.Score(rows.AsSpan(at * columns, count * columns), actual.AsSpan(at, count));
                }

                Same.Bits(expected, actual, $"Thread {thread}, round {round}");
            }
        });
    }
}
