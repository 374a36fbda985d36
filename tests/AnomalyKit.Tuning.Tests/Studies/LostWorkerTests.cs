namespace AnomalyKit.Tuning.Tests.Studies;

/// <summary>Workers that are not heard of any more, with a clock that is moved by hand.</summary>
public sealed class LostWorkerTests
{
    private static readonly SearchSpace Space = new(SearchDimension.Real("x", -1, 1));
    private static readonly TimeSpan Lease = TimeSpan.FromHours(1);

    [Fact]
    public void A_trial_of_a_lost_worker_is_taken_over_once_and_the_late_report_is_kept()
    {
        var clock = new Clock();
        var store = new InMemoryStudyStore(clock);
        using var slow = new Study(Space, new() { TrialsPerRound = 1 }, store);
        using var fast = new Study(Space, new() { TrialsPerRound = 1 }, store);
        var held = slow.Ask(2, Lease)!;
        Assert.Null(fast.Ask(2, Lease));
        clock.Now += Lease + TimeSpan.FromSeconds(1);
        var taken = fast.Ask(2, Lease)!;
        Assert.Equal((held.Number, held.Point), (taken.Number, taken.Point));

        // The pause is over, and the first worker reports: refused, recorded, and nothing thrown.
        Assert.False(slow.Tell(held, 0.25));
        Assert.Equal(TrialState.Running, fast.Trials[0].State);
        Assert.True(fast.Tell(taken, 0.75));
        var kept = store.ReadTrials("study")[0];
        Assert.Equal((TrialState.Finished, 0.75, 1, "Finished, 0.25"), (kept.State, kept.Value, kept.LostWorkers, kept.LateReport));
        Assert.True(slow.Tell(slow.Ask(2)!, 0.5));
        Assert.Equal(0.75, slow.Best!.Value);
    }

    [Fact]
    public void A_trial_with_which_two_workers_were_lost_is_lost_and_counted()
    {
        var clock = new Clock();
        var store = new InMemoryStudyStore(clock);
        Study[] dead = [.. Enumerable.Range(0, 2).Select(_ => new Study(Space, new() { TrialsPerRound = 2 }, store))];
        foreach (var study in dead)
        {
            Assert.Equal(0, study.Ask(6, Lease)!.Number);
            clock.Now += Lease + TimeSpan.FromSeconds(1);
        }

        using var alive = new Study(Space, new() { TrialsPerRound = 2 }, store);
        int calls = 0;
        alive.Run(
            trial =>
            {
                Interlocked.Increment(ref calls);
                return trial.Number;
            },
            new() { TrialCount = 6, Lease = Lease });
        Assert.Equal(5, calls);
        Assert.Equal([TrialState.Lost, .. Enumerable.Repeat(TrialState.Finished, 5)], alive.Trials.Select(trial => trial.State));
        Assert.All(dead, study => study.Dispose());
        Assert.Equal(TrialState.Lost, alive.Trials[0].State);
    }

    [Fact]
    public void A_claim_that_nobody_took_over_is_still_good_after_its_lease()
    {
        var clock = new Clock();
        using var study = new Study(Space, null, new InMemoryStudyStore(clock));
        var trial = study.Ask(4, Lease)!;
        clock.Now += 3 * Lease;
        Assert.True(study.Tell(trial, 1));
    }

    [Fact]
    public void A_worker_that_lives_renews_its_claims_until_it_tells()
    {
        var renewed = new List<(string, int, string, TimeSpan)>();
        var claims = new ClaimKeeper(new Renewals(renewed), "study", "me");
        claims.Hold(3, TimeSpan.FromMilliseconds(60));
        lock (renewed)
        {
            while (renewed.Count < 3)
                Assert.True(Monitor.Wait(renewed, Patience.Long), "no renewal");
            Assert.All(renewed, renewal => Assert.Equal(("study", 3, "me", TimeSpan.FromMilliseconds(60)), renewal));
        }

        Assert.True(claims.LetGo(3));
        Assert.False(claims.LetGo(3));
        claims.Dispose();
        Assert.Empty(claims.Held);
    }

    [Fact]
    public void Claims_that_come_and_go_do_not_put_off_the_renewal_of_one_that_lasts()
    {
        var renewed = new List<(string Study, int Number, string, TimeSpan)>();
        using var claims = new ClaimKeeper(new Renewals(renewed), "study", "me");
        claims.Hold(0, TimeSpan.FromSeconds(1.5));
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        for (int number = 1; ; number++)
        {
            lock (renewed)
            {
                if (renewed.Any(renewal => renewal.Number == 0))
                    break;
            }

            // Far past the end of the lease.
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10), "the claim was never renewed");
            claims.Hold(number, TimeSpan.FromSeconds(1.5));
            Thread.Sleep(5);
            claims.LetGo(number);
        }
    }

    [Fact]
    public void A_claim_with_a_shorter_lease_is_renewed_in_its_own_time()
    {
        var renewed = new List<(string Study, int Number, string, TimeSpan)>();
        using var claims = new ClaimKeeper(new Renewals(renewed), "study", "me");
        claims.Hold(0, TimeSpan.FromHours(1));
        claims.Hold(1, TimeSpan.FromMilliseconds(60));
        lock (renewed)
        {
            while (renewed.All(renewal => renewal.Number != 1))
                Assert.True(Monitor.Wait(renewed, Patience.Long), "no renewal");
        }
    }

    [Fact]
    public void Rungs_are_kept_through_a_takeover()
    {
        var clock = new Clock();
        var store = new InMemoryStudyStore(clock);
        StudyOptions options = new() { Pruning = new SuccessiveHalving { Eta = 2, MinFraction = 0.25 } };
        var dead = new Study(Space, options, store);
        for (int i = 0; i < 4; i++)
            dead.Tell(dead.Ask(4, Lease)!, i);
        Assert.Equal((2, 0.5), (dead.Ask(4, Lease)!.Number, 0.5));
        clock.Now += Lease + TimeSpan.FromSeconds(1);
        using var alive = new Study(Space, options, store);
        var fractions = new List<(int, double)>();
        alive.Run(
            trial =>
            {
                fractions.Add((trial.Number, trial.Fraction));
                return trial.Number;
            },
            new() { TrialCount = 4, MaxDegreeOfParallelism = 1 });
        Assert.Equal([(2, 0.5), (3, 0.5), (3, 1)], fractions);
        Assert.Equal([[0.0], [1], [2, 2], [3, 3, 3]], alive.Trials.Select(trial => trial.RungValues));
        dead.Dispose();
    }

    private sealed class Renewals(List<(string, int, string, TimeSpan)> seen) : IStudyStore
    {
        public bool RenewClaim(string study, int number, string owner, TimeSpan lease)
        {
            lock (seen)
            {
                seen.Add((study, number, owner, lease));
                Monitor.PulseAll(seen);
            }

            return true;
        }

        public StudyDefinition OpenStudy(StudyDefinition definition) => throw new NotSupportedException();

        public IReadOnlyList<string> ListStudies() => throw new NotSupportedException();

        public IReadOnlyList<StudyTrial> ReadTrials(string study, int first = 0) => throw new NotSupportedException();

        public void PlanTrials(string study, int first, IReadOnlyList<IReadOnlyList<double>> points) => throw new NotSupportedException();

        public StudyTrial? ClaimTrial(string study, TrialClaim claim) => throw new NotSupportedException();

        public void ReleaseClaim(string study, int number, string owner) => throw new NotSupportedException();

        public bool ReportTrial(string study, int number, string owner, TrialReport report) => throw new NotSupportedException();

        public void PruneTrials(string study, IReadOnlyList<int> numbers) => throw new NotSupportedException();
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
