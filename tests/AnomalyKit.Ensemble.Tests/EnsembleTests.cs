using AnomalyKit.Persistence;

namespace AnomalyKit.Ensemble.Tests;

/// <summary>Members are fitted side by side, normalised on training scores alone, combined, kept in one file, and can be looked at one by one.</summary>
public sealed class EnsembleTests
{
    private static readonly FeatureMatrix Data = Rows.Normal(1_000, 4);

    [Fact]
    public void The_score_is_the_combination_of_normalised_scores()
    {
        var ensemble = new EnsembleTrainer { Members = [Rows.Member(0, 3), Rows.Member(2)], MemberCalibration = ScoreCalibration.ZScore, Weighting = MemberWeighting.Fixed }.Fit(Data);
        float[] zero = [.. Enumerable.Range(0, 1_000).Select(row => Data.Cells(row)[0])];
        float[] two = [.. Enumerable.Range(0, 1_000).Select(row => Data.Cells(row)[2])];
        var (first, second) = (ScoreCalibration.ZScore.Fit(zero)!, ScoreCalibration.ZScore.Fit(two)!);
        float[] scores = ensemble.Score(Data);
        for (int row = 0; row < 1_000; row++)
            Assert.Equal((0.75 * first.Calibrate(zero[row])) + (0.25 * second.Calibrate(two[row])), scores[row], 1e-5);
        Assert.Equal([0.75, 0.25], ensemble.Members.Select(member => member.Weight));
    }

    [Fact]
    public void Calibrations_and_threshold_follow_the_members_own_training_scores()
    {
        var member = new EnsembleMember("shifted", new ColumnTrainer(0) { OwnShift = 10 });
        var trainer = new EnsembleTrainer { Members = [member, Rows.Member(1)], MemberCalibration = ScoreCalibration.RobustZ, Threshold = ThresholdRule.Contamination(0.1) };
        var fit = trainer.FitAndScore(Data);
        var (ensemble, own) = (fit.Detector, fit.TrainingScores.ToArray());
        Assert.Equal(ThresholdRule.Contamination(0.1).Resolve(own), ensemble.Threshold);
        // As new rows the first member's scores lie ten lower than those that it was calibrated on.
        float[] asNew = ensemble.Score(Data);
        Assert.All(Enumerable.Range(0, 1_000), row => Assert.True(asNew[row] < own[row] - 4));
        Assert.Equal(100, own.Count(score => score > ensemble.Threshold));
    }

    [Fact]
    public void A_row_is_explained_member_by_member()
    {
        var ensemble = new EnsembleTrainer { Members = Rows.Members(3) }.Fit(Data);
        float[] row = [0, 9, -1, 0];
        var said = ensemble.Explain(row);
        Assert.Equal(["column 0", "column 1", "column 2"], said.Select(score => score.Member));
        Assert.Equal([0f, 9f, -1f], said.Select(score => score.Score));
        Assert.Equal([false, true, false], said.Select(score => score.IsAnomaly));
        Assert.Equal(ensemble.Score(row), (float)said.Sum(score => score.Weight * score.Calibrated), 1e-6f);
        var all = new float[3_000];
        ensemble.ScoreMembers(EncodedRows.Check(Data.ContiguousCells(0, 1_000), Data.Schema), all);
        Assert.Equal([Data.Cells(7)[0], Data.Cells(7)[1], Data.Cells(7)[2]], all[21..24]);
        Assert.Throws<ArgumentException>(() => ensemble.ScoreMembers(EncodedRows.Check(row, Data.Schema), new float[2]));

        var combined = new float[1_000];
        ensemble.Combine(all, combined);
        Assert.Equal(ensemble.Score(Data.Slice(0, 1_000)), combined);
        Assert.Throws<ArgumentException>(() => ensemble.Combine(all.AsSpan(1), combined));
        Assert.Throws<FeatureDataException>(() => ensemble.Explain([0, float.NaN, 0, 0]));
    }

    [Fact]
    public void Votes_are_counted_by_the_members_own_thresholds()
    {
        EnsembleMember[] members = [.. Enumerable.Range(0, 3).Select(column => new EnsembleMember($"{column}", new ColumnTrainer(column) { Threshold = ThresholdRule.Fixed(1) }))];
        var ensemble = EnsembleTrainer.MajorityVote(2, members).Fit(Data);
        Assert.Equal(1.5, ensemble.Threshold);
        Assert.Equal(2, ensemble.Score([5, 1, 1.5f, 9]));
        Assert.True(ensemble.IsAnomaly([5, 1, 1.5f, 9]));
        Assert.False(ensemble.IsAnomaly([5, 1, 1, 9]));
        Assert.Throws<ArgumentOutOfRangeException>(() => EnsembleTrainer.MajorityVote(4, members));
        Assert.Throws<ArgumentOutOfRangeException>(() => EnsembleTrainer.MajorityVote(0, members));
    }

    [Fact]
    public void One_file_holds_every_combination_and_nested_ensembles()
    {
        var catalog = new ModelCatalog([EnsembleDetector.Format, ColumnDetector.Format]);
        foreach (var combiner in (ScoreCombiner[])[
            ScoreCombiner.Mean, ScoreCombiner.Maximum, ScoreCombiner.Median, ScoreCombiner.TrimmedMean(0.3), ScoreCombiner.AverageOfMaximum(2, 5),
            ScoreCombiner.MaximumOfAverage(3, 6), ScoreCombiner.Votes, ScoreCombiner.MeanAndSurprisal(0.002, 5)])
        {
            foreach (var normalization in (ScoreCalibration[])[ScoreCalibration.None, ScoreCalibration.RobustZ, ScoreCalibration.Rank(), ScoreCalibration.LogZScore])
            {
                var inner = new EnsembleTrainer { Members = Rows.Members(2), Combiner = combiner };
                var trainer = new EnsembleTrainer
                {
                    Members = [.. Rows.Members(4), new EnsembleMember("inner", inner)],
                    Combiner = combiner,
                    MemberCalibration = normalization,
                    Scaling = FeatureScaling.Standard,
                    Weighting = MemberWeighting.Consensus,
                };
                var ensemble = trainer.Fit(Data);
                using var file = new MemoryStream();
                ensemble.Save(file);
                file.Position = 0;
                var loaded = Assert.IsType<EnsembleDetector>(catalog.Load(file));
                Assert.Equal(ensemble.Score(Data), loaded.Score(Data));
                Assert.Equal(ensemble.Members.Select(member => member.ToString()), loaded.Members.Select(member => member.ToString()));
                Assert.Equal(ensemble.Info, loaded.Info);
            }
        }
    }

    [Fact]
    public void A_member_that_cannot_be_fitted_is_named_or_left_out()
    {
        EnsembleMember[] members = [Rows.Member(0), new("broken", new ColumnTrainer(1) { Failure = "There is no moon." }), Rows.Member(2)];
        var exception = Assert.Throws<EnsembleMemberException>(() => new EnsembleTrainer { Members = members }.Fit(Data));
        Assert.Equal("broken", exception.Member);
        Assert.Contains("There is no moon.", exception.Message, StringComparison.Ordinal);
        var ensemble = new EnsembleTrainer { Members = members, SkipFailingMembers = true }.Fit(Data);
        Assert.Equal(["column 0", "column 2"], ensemble.Members.Select(member => member.Name));
        Assert.Equal(new MemberFailure("broken", "There is no moon."), Assert.Single(ensemble.Failures));
        var none = Assert.Throws<EnsembleMemberException>(() => new EnsembleTrainer { Members = [members[1]], SkipFailingMembers = true }.Fit(Data));
        Assert.Contains("No member could be fitted", none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Detectors_that_were_fitted_before_can_be_members()
    {
        var before = new ColumnTrainer(0).Fit(Data);
        var ensemble = new EnsembleTrainer { Members = [EnsembleMember.Fitted("before", before), Rows.Member(1)] }.Fit(Data);
        Assert.Same(before, ensemble.Members[0].Detector);
        Assert.Equal(new EnsembleTrainer { Members = Rows.Members(2) }.Fit(Data).Score(Data), ensemble.Score(Data));
        var exception = Assert.Throws<EnsembleMemberException>(() => new EnsembleTrainer { Members = [EnsembleMember.Fitted("before", before)] }.Fit(Rows.Normal(10, 3)));
        Assert.Equal("before", exception.Member);
    }

    [Fact]
    public void Scores_of_training_rows_that_are_known_are_not_made_again()
    {
        var fit = new ColumnTrainer(0).FitAndScore(Data);
        var ensemble = new EnsembleTrainer { Members = [EnsembleMember.Fitted("before", fit.Detector, fit.TrainingScores), Rows.Member(1)] }.Fit(Data);
        Assert.Equal(new EnsembleTrainer { Members = Rows.Members(2) }.Fit(Data).Score(Data), ensemble.Score(Data));

        // It calibrates by the scores that it was given, whatever the detector says.
        float[] others = [.. fit.TrainingScores.ToArray().Select(score => (10 * score) + 3)];
        var told = new EnsembleTrainer { Members = [EnsembleMember.Fitted("before", fit.Detector, others), Rows.Member(1)] }.Fit(Data);
        Assert.NotEqual(ensemble.Score(Data), told.Score(Data));
        var exception = Assert.Throws<EnsembleMemberException>(
            () => new EnsembleTrainer { Members = [EnsembleMember.Fitted("before", fit.Detector, fit.TrainingScores[1..])] }.Fit(Data));
        Assert.Contains($"{Data.RowCount - 1} scores", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_more_run_at_once_than_threads_and_memory_allow()
    {
        int running = 0;
        int most = 0;
        EnsembleMember Busy(int i, long memory) => new($"{i}", new ColumnTrainer(0)
        {
            Memory = memory,
            WhenFitted = () =>
            {
                int now = Interlocked.Increment(ref running);
                lock (Data)
                    most = Math.Max(most, now);
                Thread.Sleep(20);
                Interlocked.Decrement(ref running);
            },
        });
        EnsembleMember[] Eight(long memory) => [.. Enumerable.Range(0, 8).Select(i => Busy(i, memory))];

        new EnsembleTrainer { Members = Eight(0) }.Fit(Data, new FitOptions { MaxDegreeOfParallelism = 1 });
        Assert.Equal(1, most);
        new EnsembleTrainer { Members = Eight(0), MaxConcurrentMembers = 2 }.Fit(Data, new FitOptions { MaxDegreeOfParallelism = 8 });
        Assert.InRange(most, 1, 2);
        new EnsembleTrainer { Members = Eight(10), MemoryBudget = 35 }.Fit(Data, new FitOptions { MaxDegreeOfParallelism = 8 });
        Assert.InRange(most, 1, 3);
        // More than the whole budget: one at a time, and none is left out.
        most = 0;
        Assert.Equal(8, new EnsembleTrainer { Members = Eight(100), MemoryBudget = 35 }.Fit(Data, new FitOptions { MaxDegreeOfParallelism = 8 }).Members.Count);
        Assert.Equal(1, most);
    }

    [Fact]
    public void A_cancelled_fit_stops_all_members()
    {
        using var source = new CancellationTokenSource();
        EnsembleMember[] members = [.. Enumerable.Range(0, 50).Select(i => new EnsembleMember($"{i}", new ColumnTrainer(0) { WhenFitted = source.Cancel }))];
        Assert.ThrowsAny<OperationCanceledException>(() => new EnsembleTrainer { Members = members, SkipFailingMembers = true }.Fit(Data, cancellationToken: source.Token));
    }

    [Fact]
    public void Members_that_agree_weigh_more_than_one_that_does_not()
    {
        // Columns 0 to 2 carry the same signal and noise of their own; column 3 is noise alone.
        var random = new Random(3);
        var cells = new float[4_000 * 4];
        for (int row = 0; row < 4_000; row++)
        {
            float signal = (float)(-Math.Log(1 - random.NextDouble()) * 3);
            for (int column = 0; column < 4; column++)
                cells[(row * 4) + column] = (column < 3 ? signal : 0) + (float)random.NextDouble();
        }

        var data = FeatureMatrix.Wrap(cells, 4);
        foreach (var weighting in (MemberWeighting[])[MemberWeighting.TailAgreement(), MemberWeighting.Consensus])
        {
            double[] weights = [.. new EnsembleTrainer { Members = Rows.Members(4), Weighting = weighting }.Fit(data).Members.Select(member => member.Weight)];
            Assert.Equal(1, weights.Sum(), 1e-12);
            Assert.InRange(weights[3], 0, 0.1);
            Assert.All(weights[..3], weight => Assert.InRange(weight, 0.25, 0.4));
        }
    }

    [Fact]
    public void The_power_of_the_tail_agreement_is_a_power_of_the_weights()
    {
        var random = new Random(4);
        var cells = new float[2_000 * 3];
        for (int row = 0; row < 2_000; row++)
        {
            double signal = -Math.Log(1 - random.NextDouble());
            for (int column = 0; column < 3; column++)
                cells[(row * 3) + column] = (float)(signal + (column * random.NextDouble()));
        }

        double[] Weights(double power) =>
        [
            .. new EnsembleTrainer { Members = Rows.Members(3), Weighting = MemberWeighting.TailAgreement(0.05, power) }
                .Fit(FeatureMatrix.Wrap(cells, 3)).Members.Select(member => member.Weight),
        ];
        double[] once = Weights(1);
        double[] cubed = Weights(3);
        Assert.NotEqual(once[0], once[2], 1e-3);
        for (int member = 0; member < 3; member++)
            Assert.Equal(Math.Pow(once[member], 3) / once.Sum(weight => Math.Pow(weight, 3)), cubed[member], 1e-9);
    }

    [Fact]
    public void Members_that_never_agree_keep_their_given_weights()
    {
        // Column 1 is column 0 turned round: no top row is shared, and the correlation is below 0.
        var cells = new float[200];
        for (int row = 0; row < 100; row++)
            (cells[2 * row], cells[(2 * row) + 1]) = (row, -row);
        foreach (var weighting in (MemberWeighting[])[MemberWeighting.TailAgreement(), MemberWeighting.Consensus])
        {
            var ensemble = new EnsembleTrainer { Members = [Rows.Member(0, 3), Rows.Member(1)], Weighting = weighting }.Fit(FeatureMatrix.Wrap(cells, 2));
            Assert.Equal([0.75, 0.25], ensemble.Members.Select(member => member.Weight));
        }
    }

    [Fact]
    public void Bad_members_and_options_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new EnsembleTrainer { Members = [] });
        Assert.Contains("column 1", Assert.Throws<ArgumentException>(() => new EnsembleTrainer { Members = [Rows.Member(1), Rows.Member(1)] }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new EnsembleTrainer { Members = [new EnsembleMember(" ", new ColumnTrainer(0))] });
        Assert.Throws<ArgumentOutOfRangeException>(() => Rows.Member(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rows.Member(0, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EnsembleTrainer { Members = Rows.Members(1), MemoryBudget = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EnsembleTrainer { Members = Rows.Members(1), MaxConcurrentMembers = 0 });
        Assert.Throws<ArgumentException>(() => new EnsembleTrainer { Members = Rows.Members(1), MemberCalibration = ScoreCalibration.Conformal() });
    }
}
