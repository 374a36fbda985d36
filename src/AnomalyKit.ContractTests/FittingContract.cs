using AnomalyKit.ContractTests.Support;

namespace AnomalyKit.ContractTests;

/// <summary>The same seed gives the same model at any thread count; a fit can be stopped, tells how far it is, and changes nothing else (rules 1, 4 and 5).</summary>
/// <typeparam name="TList">The detectors.</typeparam>
public abstract class FittingContract<TList> : DetectorContract<TList>
    where TList : IDetectorList, new()
{
    [Theory]
    [EveryDetector(Over.Shapes)]
    public void The_model_is_the_same_at_any_thread_count(string detector, string shape)
    {
        // The shared detector was fitted on as many threads as the machine has.
        var data = DataShape.Named(shape).Training();
        byte[] expected = Saved(Fitted(detector, DataShape.Named(shape), FeatureScaling.Robust).Detector);
        var trainer = Registered(detector).NewTrainer(1, FeatureScaling.Robust, ThresholdRule.Contamination(0.05));
        foreach (int threads in (int[])[1, 3])
        {
            var progress = new Reports<FitProgress>();
            Same.Bytes(expected, Saved(trainer.Fit(data, new FitOptions { MaxDegreeOfParallelism = threads, Progress = progress })), $"{threads} threads");
            AssertRisesToOne(progress);
        }
    }

    [Theory]
    [EveryDetector(Over.Transforms)]
    public void The_model_of_many_rows_is_the_same_at_any_thread_count(string detector, string scaling)
    {
        var data = DataShape.Normal(3000, 3).Training();
        var transform = Scalings.All[scaling].Fit(data, new FitContext(new FitOptions { MaxDegreeOfParallelism = 1 }));
        var trainer = Registered(detector).NewTrainer(1, FeatureScaling.Fitted(transform), ThresholdRule.Quantile(0.9));
        byte[] expected = Saved(trainer.Fit(data, new FitOptions { MaxDegreeOfParallelism = 1 }));
        foreach (int threads in (int[])[2, 8])
            Same.Bytes(expected, Saved(trainer.Fit(data, new FitOptions { MaxDegreeOfParallelism = threads })), $"{threads} threads");
    }

    [Fact]
    public void The_scaling_of_many_rows_is_the_same_at_any_thread_count()
    {
        // More rows than any block of work holds, so that sums of several blocks are merged.
        var data = DataShape.Normal(20_000, 3).Training();
        foreach (var scaling in Scalings.All.Values)
        {
            var expected = scaling.Fit(data, new FitContext(new FitOptions { MaxDegreeOfParallelism = 1 }));
            foreach (int threads in (int[])[2, 3, 8])
                Assert.Equal(expected, scaling.Fit(data, new FitContext(new FitOptions { MaxDegreeOfParallelism = threads })));
        }
    }

    [Theory]
    [EveryDetector]
    public void The_same_seed_gives_the_same_model(string detector)
    {
        var data = DataShape.Usual.Training();
        var trainer = Registered(detector).NewTrainer(7, FeatureScaling.MinMax, ThresholdRule.Contamination(0.05));
        byte[] first = Saved(trainer.Fit(data));
        Same.Bytes(first, Saved(trainer.Fit(data)), "The same trainer again");
        Same.Bytes(
            first,
            Saved(Registered(detector).NewTrainer(7, FeatureScaling.MinMax, ThresholdRule.Contamination(0.05)).Fit(data)),
            "Another trainer with the same options");
    }

    [Theory]
    [EveryDetector]
    public void Another_seed_gives_another_model_only_where_the_detector_is_randomised(string detector)
    {
        var registration = Registered(detector);
        var data = DataShape.Usual.Training();
        byte[] first = Saved(Fitted(detector).Detector);
        byte[] second = Saved(registration.Fit(data, seed: 2));
        Assert.Equal(registration.IsRandomised, !first.AsSpan().SequenceEqual(second));
    }

    [Theory]
    [EveryDetector]
    public async Task One_trainer_may_fit_on_many_threads_at_once(string detector)
    {
        var data = DataShape.Usual.Training();
        var trainer = Registered(detector).NewTrainer(1, FeatureScaling.Standard, ThresholdRule.Contamination(0.05));
        byte[] expected = Saved(Fitted(detector, DataShape.Usual, FeatureScaling.Standard).Detector);
        byte[][] files = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Saved(trainer.Fit(data)))));
        foreach (byte[] file in files)
            Same.Bytes(expected, file, "A fit beside others");
    }

    [Theory]
    [EveryDetector]
    public void Labels_are_not_looked_at(string detector)
    {
        var data = DataShape.Usual.Training();
        var labels = new bool[data.RowCount];
        byte[] expected = Saved(Fitted(detector).Detector);
        Same.Bytes(expected, Saved(Registered(detector).Fit(data.WithLabels(labels))), "No anomaly");
        Array.Fill(labels, true);
        Same.Bytes(expected, Saved(Registered(detector).Fit(data.WithLabels(labels))), "Only anomalies");
    }

    [Theory]
    [EveryDetector]
    public void The_model_does_not_depend_on_how_the_rows_lie_in_memory(string detector)
    {
        var shape = DataShape.Usual;
        float[] cells = shape.Cells(shape.Rows, stream: 0);
        var schema = shape.Training().Schema;
        var trainer = Registered(detector).NewTrainer(1, FeatureScaling.Robust, ThresholdRule.Contamination(0.05));
        byte[] expected = Saved(Fitted(detector, shape, FeatureScaling.Robust).Detector);
        foreach (int rowsPerBlock in (int[])[1, 7, 128, 299])
        {
            ReadOnlyMemory<float>[] blocks = [.. cells.Chunk(rowsPerBlock * shape.Columns).Select(block => new ReadOnlyMemory<float>(block))];
            Same.Bytes(expected, Saved(trainer.Fit(FeatureMatrix.WrapBlocks(blocks, schema))), $"Blocks of {rowsPerBlock} rows");
        }

        var longer = new float[cells.Length + (20 * shape.Columns)];
        Array.Fill(longer, float.NaN);
        cells.CopyTo(longer, 10 * shape.Columns);
        Same.Bytes(expected, Saved(trainer.Fit(FeatureMatrix.Wrap(longer, schema).Slice(10, shape.Rows))), "A slice between rows that cannot be used");
    }

    [Theory]
    [EveryDetector(Over.Scalings)]
    public void Fitting_leaves_the_rows_as_they_were_and_keeps_no_hold_of_them(string detector, string scaling)
    {
        var shape = DataShape.Usual;
        float[] cells = shape.Cells(shape.Rows, stream: 0);
        float[] before = [.. cells];
        var fitted = Registered(detector).Fit(FeatureMatrix.Wrap(cells, shape.Training().Schema), Scalings.All[scaling]);
        Same.Bits(before, cells, "The training cells");
        float[] scores = fitted.Score(shape.Probes());
        Array.Fill(cells, float.NaN);
        Same.Bits(scores, fitted.Score(shape.Probes()), "Scores after the training rows are gone");
    }

    [Theory]
    [EveryDetector]
    public void Rows_in_another_order_can_be_fitted_too(string detector)
    {
        var data = EasySet.Draw(3);
        int[] order = [.. Enumerable.Range(0, data.RowCount)];
        new Random(5).Shuffle(order);
        var fitted = Registered(detector).Fit(data.SelectRows(order));
        Assert.True(DetectionMetrics.RocAuc(data.Labels.Span, fitted.Score(data)) >= Registered(detector).EasyAuc);
    }

    [Theory]
    [EveryDetector]
    public void A_fit_that_is_cancelled_before_does_not_begin(string detector)
    {
        var progress = new Reports<FitProgress>();
        Assert.ThrowsAny<OperationCanceledException>(() => Registered(detector).NewSlowTrainer().Fit(
            DataShape.Usual.Training(), new FitOptions { Progress = progress }, new CancellationToken(canceled: true)));
        Assert.Empty(progress.All);
    }

    [Theory]
    [EveryDetector]
    public void A_fit_that_is_cancelled_stops_at_once_wherever_it_is(string detector)
    {
        var registration = Registered(detector);
        var data = DataShape.Normal(registration.SlowRows, 8).Training();
        foreach (var (threads, at) in ((int, double)[])[(2, 0), (1, 0.05), (2, 0.2), (1, 0.5)])
        {
            using var canceller = new Canceller();
            var progress = new Reports<FitProgress>(report =>
            {
                if (report.Fraction >= at)
                    canceller.CancelSoon();
                // The thread that cancels may be kept waiting: near its end a fit waits for it.
                if (report.Fraction >= 0.8)
                    canceller.Token.WaitHandle.WaitOne(TimeSpan.FromMinutes(1));
            });
            Assert.ThrowsAny<OperationCanceledException>(() => registration.NewSlowTrainer().Fit(
                data, new FitOptions { MaxDegreeOfParallelism = threads, Progress = progress }, canceller.Token));
            canceller.AssertStoppedAtOnce($"{threads} threads, from {at} of the fit on");
            Assert.DoesNotContain(progress.All, report => report.Fraction == 1);
        }
    }

    [Theory]
    [EveryDetector]
    public void Scoring_with_a_slow_detector_stops_at_once_when_it_is_cancelled(string detector)
    {
        var registration = Registered(detector);
        var data = DataShape.Normal(registration.SlowRows, 8).Training();
        // Scoring is slow because of the rows and what is asked of each; the model may be a small one.
        var fitted = registration.NewSlowTrainer().Fit(data.Slice(0, 3000));
        foreach (int threads in (int[])[1, 2])
        {
            using var canceller = new Canceller();
            canceller.CancelSoon();
            // A detector that is slow to fit may be quick to score: give it work until it is stopped.
            Action scoreOnAndOn = () =>
            {
                while (true)
                    fitted.Score(data, new ScoreOptions { MaxDegreeOfParallelism = threads }, canceller.Token);
            };
            Assert.ThrowsAny<OperationCanceledException>(scoreOnAndOn);
            canceller.AssertStoppedAtOnce($"{threads} threads");
        }
    }

    [Theory]
    [EveryDetector(Over.Shapes)]
    public void Progress_never_falls_and_ends_with_a_single_one(string detector, string shape)
    {
        // A fixed threshold needs no scores of the training rows: a stage less. The law about thread counts looks at fits with that stage.
        var progress = new Reports<FitProgress>();
        Registered(detector).NewTrainer(1, FeatureScaling.Standard, ThresholdRule.Fixed(0.5)).Fit(
            DataShape.Named(shape).Training(), new FitOptions { MaxDegreeOfParallelism = 4, Progress = progress });
        AssertRisesToOne(progress);
    }

    [Theory]
    [EveryDetector]
    public void What_a_progress_handler_throws_comes_out_of_the_fit(string detector)
    {
        var progress = new Reports<FitProgress>(report =>
        {
            if (report.Fraction > 0.3)
                throw new InvalidTimeZoneException("mine");
        });
        var exception = Assert.Throws<InvalidTimeZoneException>(
            () => Registered(detector).Fit(DataShape.Usual.Training(), options: new FitOptions { Progress = progress }));
        Assert.Equal("mine", exception.Message);
    }

    private static void AssertRisesToOne(Reports<FitProgress> progress)
    {
        double[] fractions = [.. progress.All.Select(report => report.Fraction)];
        Assert.Equal(fractions.Distinct().Order(), fractions);
        Assert.Equal(0, fractions[0]);
        Assert.Equal(1, fractions[^1]);
        Assert.All(progress.All, report => Assert.False(string.IsNullOrWhiteSpace(report.Stage)));
    }
}
