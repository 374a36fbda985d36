namespace AnomalyKit.Tuning.Tests.Studies;

/// <summary>A store that is locked for a moment, while trials are told or given back.</summary>
public sealed class LockedStoreTests
{
    private static readonly SearchSpace Space = new(SearchDimension.Real("x", -1, 1));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_report_that_failed_is_made_again_by_the_next_run(int workers)
    {
        int calls = 0;
        var store = new StoreAround(new InMemoryStudyStore()) { BeforeReport = Once(2) };
        using var study = new Study(Space, null, store);
        double Objective(TrialContext trial)
        {
            Interlocked.Increment(ref calls);
            return trial.Number;
        }

        var options = new StudyRunOptions { TrialCount = 5, MaxDegreeOfParallelism = workers };
        Assert.Throws<RunTrackingException>(() => study.Run(Objective, options));
        using var limit = new CancellationTokenSource(Patience.Long);
        Assert.NotNull(study.Run(Objective, options, limit.Token));
        Assert.Equal([0.0, 1, 2, 3, 4], study.Trials.Select(trial => trial.Value!.Value));
        Assert.Equal(5, calls);
    }

    [Fact]
    public void A_trial_whose_report_failed_can_be_told_again()
    {
        var store = new StoreAround(new InMemoryStudyStore()) { BeforeReport = Once(0) };
        using var study = new Study(Space, null, store);
        var trial = study.Ask(1)!;
        Assert.Throws<RunTrackingException>(() => study.Tell(trial, 1));
        Assert.True(study.Tell(trial, 2));
        Assert.Equal(2, study.Best!.Value);
        Assert.Throws<InvalidOperationException>(() => study.Tell(trial, 3));
    }

    [Fact]
    public void A_trial_that_could_not_be_given_back_is_run_again()
    {
        var store = new StoreAround(new InMemoryStudyStore()) { BeforeRelease = Once(0) };
        using var study = new Study(Space, null, store);
        using var stop = new CancellationTokenSource();
        var options = new StudyRunOptions { TrialCount = 1 };
        Assert.ThrowsAny<Exception>(() => study.Run(
            trial =>
            {
                stop.Cancel();
                trial.Token.ThrowIfCancellationRequested();
                return 0;
            },
            options,
            stop.Token));
        using var limit = new CancellationTokenSource(Patience.Long);
        Assert.Equal(7, study.Run(_ => 7, options, limit.Token)!.Value);
    }

    [Fact]
    public void A_study_whose_store_is_locked_can_be_disposed_of_and_claims_nothing_any_more()
    {
        var store = new StoreAround(new InMemoryStudyStore())
        {
            BeforeRelease = _ => throw new RunTrackingException("The store is locked."),
            BeforeReport = _ => throw new RunTrackingException("The store is locked."),
        };
        int renewals = 0;
        var study = new Study(Space, null, store);
        Assert.NotNull(study.Ask(4));
        var told = study.Ask(4, TimeSpan.FromMilliseconds(30))!;
        Assert.Throws<RunTrackingException>(() => study.Tell(told, 1));
        study.Dispose();
        store.BeforeRenewal = _ => Interlocked.Increment(ref renewals);
        Thread.Sleep(100);
        Assert.Equal(0, renewals);
    }

    [Fact]
    public void A_trial_that_is_told_while_others_are_renewed_is_not_claimed_again()
    {
        var store = new StoreAround(new InMemoryStudyStore());
        using var study = new Study(Space, null, store);
        TrialContext[] trials = [study.Ask(3)!, study.Ask(3)!, study.Ask(3)!];
        using var again = new ManualResetEventSlim();
        var renewed = new List<int>();
        Exception? thrown = null;
        store.BeforeRenewal = number =>
        {
            // In the first round, the others are told between the renewal of one trial and that of the next.
            renewed.Add(number);
            if (renewed.Count == 1)
                thrown = Record.Exception(() => Assert.All(trials.Where(trial => trial.Number != number), trial => Assert.True(study.Tell(trial, 1))));
            else
                again.Set();
        };
        Assert.Equal(3, study.Ask(4, TimeSpan.FromMilliseconds(30))!.Number);
        Assert.True(again.Wait(Patience.Long));
        study.Dispose();
        Assert.Null(thrown);
        Assert.DoesNotContain(renewed.Skip(1), number => number != renewed[0] && number != 3);
        Assert.Equal(TrialState.Finished, study.Trials.First(trial => trial.Number != renewed[0]).State);
    }

    [Fact]
    public void Who_disposes_of_a_study_waits_for_a_renewal_that_is_on_its_way()
    {
        var store = new StoreAround(new InMemoryStudyStore());
        var study = new Study(Space, null, store);
        using var begun = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        store.BeforeRenewal = _ =>
        {
            begun.Set();
            goOn.Wait(Patience.Long);
        };
        Assert.NotNull(study.Ask(1, TimeSpan.FromMilliseconds(30)));
        Assert.True(begun.Wait(Patience.Long));
        var disposing = new Thread(study.Dispose) { IsBackground = true };
        disposing.Start();
        Assert.False(disposing.Join(TimeSpan.FromMilliseconds(100)));
        goOn.Set();
        Assert.True(disposing.Join(Patience.Long));
        Assert.Equal(TrialState.Waiting, Assert.Single(study.Trials).State);
    }

    private static Action<int> Once(int trial)
    {
        int left = 1;
        return number =>
        {
            if (number == trial && Interlocked.Exchange(ref left, 0) == 1)
                throw new RunTrackingException("The store is locked.");
        };
    }
}
