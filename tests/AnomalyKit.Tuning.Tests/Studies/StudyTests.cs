using System.Collections.Concurrent;

namespace AnomalyKit.Tuning.Tests.Studies;

/// <summary>Studies in memory: rounds, budgets, failures.</summary>
public sealed class StudyTests
{
    private static readonly SearchSpace Space = new(SearchDimension.Real("x", -1, 1), SearchDimension.Choice("kind", "a", "b", "c"));

    [Fact]
    public void Results_are_the_same_at_any_parallelism()
    {
        foreach (var pruning in new[] { null, new SuccessiveHalving() })
        {
            var one = Run(1, pruning);
            Assert.Equal(40, one.Count);
            Assert.Equal(Enumerable.Range(0, 40), one.Select(trial => trial.Number));
            AssertSame(one, Run(3, pruning));
            AssertSame(one, Run(16, pruning));
        }
    }

    [Fact]
    public void Side_by_side_trials_try_different_points()
    {
        foreach (SearchSampler sampler in new SearchSampler[] { new TpeSampler { Seed = 7 }, new RandomSampler { Seed = 7 }, new SobolSampler { Seed = 7 } })
        {
            var store = new InMemoryStudyStore();
            Parallel.For(0, 4, _ =>
            {
                using var study = new Study(Space, new() { Sampler = sampler }, store);
                study.Run(Objective, new() { TrialCount = 12, MaxDegreeOfParallelism = 1 });
            });
            using var together = new Study(Space, new() { Sampler = sampler }, store);
            Assert.Equal(12, together.Trials.Select(trial => trial.Point).Distinct().Count());
            using var alone = new Study(Space, new() { Sampler = sampler });
            alone.Run(Objective, new() { TrialCount = 12, MaxDegreeOfParallelism = 1 });
            AssertSame(alone.Trials, together.Trials);
        }
    }

    [Fact]
    public void The_budget_is_neither_passed_nor_spent_twice()
    {
        var store = new InMemoryStudyStore();
        int calls = 0;
        double Counted(TrialContext trial)
        {
            Interlocked.Increment(ref calls);
            return Objective(trial);
        }

        Parallel.For(0, 4, _ =>
        {
            using var study = new Study(Space, null, store);
            study.Run(Counted, new() { TrialCount = 18, MaxDegreeOfParallelism = 2 });
        });
        Assert.Equal(18, calls);
        using var again = new Study(Space, null, store);
        Assert.NotNull(again.Run(Counted, new() { TrialCount = 18 }));
        Assert.Equal(18, calls);
        // More trials later: the study goes on where it stands, in the round that was left unfilled.
        again.Run(Counted, new() { TrialCount = 30 });
        Assert.Equal(30, calls);
        using var atOnce = new Study(Space);
        atOnce.Run(Objective, new() { TrialCount = 30 });
        AssertSame(atOnce.Trials, again.Trials);
    }

    [Fact]
    public void A_study_of_which_everything_fails_or_is_pruned_ends()
    {
        foreach (double value in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            using var study = new Study(Space, new() { Pruning = new SuccessiveHalving() });
            Assert.Null(study.Run(_ => value, new() { TrialCount = 20 }));
            Assert.Equal(20, study.Trials.Count);
            Assert.All(study.Trials, trial => Assert.Equal((TrialState.Failed, null), (trial.State, trial.Value)));
            Assert.Equal(FormattableString.Invariant($"The value on 0.1111 of the rows is {value:R}."), study.Trials[3].Problem);
        }
    }

    [Theory]
    [InlineData(SearchDirection.Maximize)]
    [InlineData(SearchDirection.Minimize)]
    public void What_fails_is_never_the_best_and_is_shown(SearchDirection direction)
    {
        using var study = new Study(Space, new() { Direction = direction });
        var best = study.Run(trial => trial.Point.Values[0] switch
        {
            > 0.5 => throw new InvalidOperationException("Too large.\nAt all."),
            > 0.2 => double.NaN,
            < -0.7 => double.PositiveInfinity,
            < -0.5 => double.NegativeInfinity,
            var x => x,
        });
        Assert.NotNull(best);
        Assert.InRange(best.Value!.Value, -0.5, 0.2);
        Assert.Equal(40, study.Trials.Count);
        var failed = study.Trials.Where(trial => trial.State == TrialState.Failed).ToList();
        Assert.Contains(failed, trial => trial.Problem == "InvalidOperationException: Too large.");
        Assert.Contains(failed, trial => trial.Problem == "The value is NaN.");
        Assert.All(failed, trial => Assert.Null(trial.Value));
    }

    [Fact]
    public void Half_the_work_is_saved_by_halving_and_the_winner_sees_all_rows()
    {
        using var study = new Study(Space, new() { Pruning = new SuccessiveHalving() });
        var rows = new ConcurrentBag<double>();
        var best = study.Run(
            trial =>
            {
                rows.Add(trial.Fraction);
                return Objective(trial);
            },
            new() { TrialCount = 18 });
        // In each round nine trials see a ninth, three a third, one all rows.
        Assert.Equal((18, 6, 2), (rows.Count(fraction => fraction < 0.2), rows.Count(fraction => fraction is > 0.3 and < 0.4), rows.Count(fraction => fraction == 1)));
        Assert.Equal((16, 2), (study.Trials.Count(trial => trial.State == TrialState.Pruned), study.Trials.Count(trial => trial.State == TrialState.Finished)));
        Assert.Equal(3, best!.RungValues.Count);
        Assert.Equal(best.RungValues[2], best.Value);
        Assert.All(study.Trials.Where(trial => trial.State == TrialState.Pruned), trial => Assert.Equal(trial.RungValues[^1], trial.Value));
    }

    [Fact]
    public void A_grid_ends_where_its_points_do()
    {
        using var study = new Study(Space, new() { Sampler = new GridSampler { PointsPerRange = 3 } });
        study.Run(Objective, new() { TrialCount = 1000 });
        Assert.Equal(9, study.Trials.Count);
        Assert.True(study.IsComplete(1000));
        Assert.Null(study.Ask(1000));
    }

    [Fact]
    public void Asking_and_telling_is_what_running_does()
    {
        using var told = new Study(Space);
        while (!told.IsComplete(10))
        {
            List<TrialContext> asked = [];
            while (told.Ask(10) is { } trial)
                asked.Add(trial);
            Assert.InRange(asked.Count, 2, 4);
            asked.Reverse();
            Assert.All(asked, trial => Assert.True(told.Tell(trial, Objective(trial))));
            Assert.Throws<InvalidOperationException>(() => told.Tell(asked[0], 1));
        }

        using var run = new Study(Space);
        run.Run(Objective, new() { TrialCount = 10 });
        AssertSame(run.Trials, told.Trials);
    }

    [Fact]
    public void Progress_shows_every_trial_with_the_best_so_far()
    {
        using var study = new Study(Space);
        var seen = new List<StudyProgress>();
        study.Run(Objective, new() { TrialCount = 12, Progress = new Listener(seen.Add) });
        Assert.Equal(12, seen.Count);
        Assert.Equal(12, seen.Select(progress => progress.Latest.Number).Distinct().Count());
        Assert.All(seen, progress => Assert.True(progress.Best!.Value >= progress.Latest.Value));
        Assert.Equal(12, seen[^1].EndedCount);
        Assert.Equal(study.Best!.Number, seen[^1].Best!.Number);
    }

    [Fact]
    public void A_cancelled_study_is_gone_on_with()
    {
        var store = new InMemoryStudyStore();
        using (var study = new Study(Space, null, store))
        {
            using var stop = new CancellationTokenSource();
            Assert.ThrowsAny<OperationCanceledException>(() => study.Run(
                trial =>
                {
                    if (trial.Number == 9)
                        stop.Cancel();
                    trial.Token.ThrowIfCancellationRequested();
                    return Objective(trial);
                },
                new() { TrialCount = 20 },
                stop.Token));
            Assert.InRange(study.Trials.Count(trial => trial.State == TrialState.Finished), 8, 11);
            Assert.DoesNotContain(study.Trials, trial => trial.State is TrialState.Failed or TrialState.Running);
        }

        using var later = new Study(Space, null, store);
        later.Run(Objective, new() { TrialCount = 20 });
        using var alone = new Study(Space);
        alone.Run(Objective, new() { TrialCount = 20 });
        AssertSame(alone.Trials, later.Trials);
    }

    [Fact]
    public void A_study_is_not_gone_on_with_under_other_terms()
    {
        var store = new InMemoryStudyStore();
        new Study(Space, new() { Facts = new Dictionary<string, string> { ["data"] = "ab12" } }, store).Dispose();
        StudyOptions same = new() { Facts = new Dictionary<string, string> { ["data"] = "ab12" } };
        new Study(Space, same, store).Dispose();
        Refused(same with { Direction = SearchDirection.Minimize }, Space, "direction is 'Minimize' here and 'Maximize' there");
        Refused(same with { Sampler = new TpeSampler { Seed = 1 } }, Space, "seed 1");
        Refused(same with { Sampler = new RandomSampler() }, Space, "sampler is 'random, seed 0' here and 'tpe, seed 0");
        Refused(same with { Pruning = new SuccessiveHalving() }, Space, "pruning is 'successive halving");
        Refused(same with { TrialsPerRound = 5 }, Space, "trials per round is '5' here and '4' there");
        Refused(same with { Facts = new Dictionary<string, string> { ["data"] = "cd34" } }, Space, "fact data is 'cd34' here and 'ab12' there");
        Refused(same with { Facts = new Dictionary<string, string>() }, Space, "fact data is missing here");
        Refused(same, new SearchSpace(SearchDimension.Real("x", -1, 1), SearchDimension.Choice("kind", "a", "b", "d")), "dimension 2 is 'kind: one of a | b | d' here and 'kind: one of a | b | c' there");
        Refused(same, new SearchSpace(SearchDimension.Real("x", -1, 1)), "dimension 2 is missing here");
        new Study(Space, same with { Name = "other", Direction = SearchDirection.Minimize }, store).Dispose();
        Assert.Equal(["other", "study"], store.ListStudies());

        void Refused(StudyOptions options, SearchSpace space, string words)
        {
            string message = Assert.Throws<ArgumentException>(() => new Study(space, options, store)).Message;
            Assert.Contains(words, message, StringComparison.Ordinal);
            Assert.Contains("another name", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_sampler_that_leaves_the_space_stops_the_run()
    {
        using var study = new Study(Space, new() { Sampler = new Astray() });
        Assert.Contains("not in x: real from -1 to 1", Assert.Throws<ArgumentException>(() => study.Run(Objective)).Message, StringComparison.Ordinal);
    }

    internal static double Objective(TrialContext trial) => -Math.Pow(trial.Point.Values[0] - 0.3, 2) - trial.Point.Values[1] - (0.1 / trial.Fraction * (trial.Number % 3));

    internal static void AssertSame(IReadOnlyList<Trial> expected, IReadOnlyList<Trial> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (one, other) in expected.Zip(actual))
        {
            Assert.Equal((one.Number, one.Point, one.State, one.Value), (other.Number, other.Point, other.State, other.Value));
            Assert.Equal(one.RungValues, other.RungValues);
        }
    }

    private static IReadOnlyList<Trial> Run(int workers, SuccessiveHalving? pruning)
    {
        using var study = new Study(Space, new() { Pruning = pruning });
        study.Run(
            trial =>
            {
                Thread.Sleep(trial.Number * 7 % 3);
                return Objective(trial);
            },
            new() { MaxDegreeOfParallelism = workers });
        return study.Trials;
    }

    private sealed class Listener(Action<StudyProgress> hear) : IProgress<StudyProgress>
    {
        public void Report(StudyProgress value) => hear(value);
    }

    private sealed class Astray : SearchSampler
    {
        public override string ToString() => "astray";

        public override SearchPoint Suggest(SearchSpace space, IReadOnlyList<Trial> trials, SearchDirection direction, int number) => new([5, 0]);
    }
}
