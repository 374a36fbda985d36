using AnomalyKit.Tests.Tables;
using AnomalyKit.Tracking.Tests.Support;

namespace AnomalyKit.Tracking.Tests.Studies;

/// <summary>What every store of studies does: in memory, in a file of its own, beside runs.</summary>
public sealed class StudyStoreTests : IDisposable
{
    private static readonly StudyDefinition Definition = new("cards", [new("direction", "Maximize"), new("dimension 1", "Nu: real from 0.1 to 0.5")]);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly List<IDisposable> _open = [];

    public static TheoryData<string> Kinds => ["memory", "file", "runs"];

    public void Dispose()
    {
        foreach (var store in _open)
            store.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_study_keeps_what_it_was_created_with(string kind)
    {
        var store = Open(kind);
        Assert.Equal(Definition, store.OpenStudy(Definition));
        var other = Definition with { Settings = [new("direction", "Minimize"), new("pruning", "none")] };
        var kept = store.OpenStudy(other);
        Assert.Equal(Definition, kept);
        Assert.Equal(
            ["direction is 'Minimize' here and 'Maximize' there", "pruning is 'none' here and missing there", "dimension 1 is missing here and 'Nu: real from 0.1 to 0.5' there"],
            other.DifferencesFrom(kept));
        Assert.Empty(kept.DifferencesFrom(Definition));
        store.OpenStudy(Definition with { Name = "bills" });
        Assert.Equal(["bills", "cards"], store.ListStudies());
        Assert.Contains("'other'", Assert.Throws<ArgumentException>(() => store.ReadTrials("other")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Planned_trials_are_dense_exact_and_planned_once(string kind)
    {
        var store = Open(kind);
        store.OpenStudy(Definition);
        double[][] points = [[0.1 + 0.2, -1e-300], [double.MaxValue, 3], [1.0 / 3, 0]];
        store.PlanTrials("cards", 0, points[..2]);
        // Another worker planned the same round at the same time, and one more.
        store.PlanTrials("cards", 0, [[9, 9], [9, 9], points[2]]);
        Assert.Equal([0, 1, 2], store.ReadTrials("cards").Select(trial => trial.Number));
        Assert.Equal(points, store.ReadTrials("cards").Select(trial => trial.Point));
        Assert.Equal([2], store.ReadTrials("cards", 2).Select(trial => trial.Number));
        Assert.Throws<ArgumentOutOfRangeException>(() => store.PlanTrials("cards", 4, points));
        Assert.Throws<ArgumentOutOfRangeException>(() => store.PlanTrials("cards", -1, points));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_claim_takes_the_lowest_waiting_trial_of_the_rung(string kind)
    {
        var store = Planned(kind, 4);
        Assert.Equal((0, TrialState.Running), Brief(store.ClaimTrial("cards", Claim("a"))));
        Assert.Equal(1, store.ClaimTrial("cards", Claim("b"))!.Number);
        Assert.True(store.ReportTrial("cards", 0, "a", TrialReport.Reached(0.5)));
        Assert.Equal(2, store.ClaimTrial("cards", Claim("a"))!.Number);
        Assert.Equal(3, store.ClaimTrial("cards", Claim("a"))!.Number);
        Assert.Null(store.ClaimTrial("cards", Claim("a")));
        Assert.Equal(0, store.ClaimTrial("cards", Claim("b") with { Rung = 1 })!.Number);
        Assert.Equal([0.5], store.ReadTrials("cards")[0].RungValues);
        store.ReleaseClaim("cards", 0, "a");
        Assert.Null(store.ClaimTrial("cards", Claim("c") with { Rung = 1 }));
        store.ReleaseClaim("cards", 0, "b");
        Assert.Equal((0, 0), (store.ClaimTrial("cards", Claim("c") with { Rung = 1 })!.Number, store.ReadTrials("cards")[0].LostWorkers));
        Assert.Null(store.ClaimTrial("cards", Claim("c") with { First = 4, End = 9 }));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Reports_end_trials_and_late_ones_are_kept_beside(string kind)
    {
        var store = Planned(kind, 4);
        foreach (string owner in new[] { "a", "b", "c" })
            store.ClaimTrial("cards", Claim(owner));
        Assert.True(store.ReportTrial("cards", 0, "a", TrialReport.Finished(-0.0)));
        Assert.True(store.ReportTrial("cards", 1, "b", TrialReport.Failed("The value is NaN.")));
        Assert.False(store.ReportTrial("cards", 1, "b", TrialReport.Finished(1)));
        Assert.False(store.ReportTrial("cards", 2, "x", TrialReport.Failed("no memory")));
        Assert.True(store.ReportTrial("cards", 2, "c", TrialReport.Reached(1e-310)));
        store.PruneTrials("cards", [0, 1, 2]);
        var trials = store.ReadTrials("cards");
        Assert.Equal([TrialState.Finished, TrialState.Failed, TrialState.Pruned, TrialState.Waiting], trials.Select(trial => trial.State));
        Assert.Equal([-0.0, null, 1e-310, null], trials.Select(trial => trial.Value));
        Assert.Equal([[-0.0], [], [1e-310], []], trials.Select(trial => trial.RungValues));
        Assert.Equal([null, "The value is NaN.", null, null], trials.Select(trial => trial.Problem));
        Assert.Equal([null, "Finished, 1", "Failed, no memory", null], trials.Select(trial => trial.LateReport));
        Assert.Equal([true, true, true, false], trials.Select(trial => trial.HasEnded));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrialReport.Finished(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrialReport.Reached(double.NegativeInfinity));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_lease_that_ends_makes_the_trial_free_once_and_then_lost(string kind)
    {
        var store = Planned(kind, 1);
        store.ClaimTrial("cards", Claim("a"));
        _time.Pass(TimeSpan.FromSeconds(50));
        Assert.True(store.RenewClaim("cards", 0, "a", Lease));
        _time.Pass(TimeSpan.FromSeconds(50));
        Assert.Null(store.ClaimTrial("cards", Claim("b")));
        _time.Pass(TimeSpan.FromSeconds(11));
        // Whoever asks for more lives: what it holds is not lost.
        Assert.Null(store.ClaimTrial("cards", Claim("a")));
        Assert.Equal((0, TrialState.Running), Brief(store.ClaimTrial("cards", Claim("b"))));
        Assert.False(store.RenewClaim("cards", 0, "a", Lease));
        Assert.False(store.ReportTrial("cards", 0, "a", TrialReport.Finished(1)));
        _time.Pass(TimeSpan.FromSeconds(61));
        Assert.Null(store.ClaimTrial("cards", Claim("c")));
        var trial = store.ReadTrials("cards")[0];
        Assert.Equal((TrialState.Lost, 2, "Finished, 1", null), (trial.State, trial.LostWorkers, trial.LateReport, trial.Value));
        Assert.False(store.ReportTrial("cards", 0, "b", TrialReport.Finished(2)));
        Assert.False(store.RenewClaim("cards", 0, "b", Lease));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Many_threads_never_claim_a_trial_twice(string kind)
    {
        var store = Planned(kind, 40);
        var claimed = new System.Collections.Concurrent.ConcurrentBag<int>();
        Parallel.For(0, 4, worker =>
        {
            while (store.ClaimTrial("cards", Claim($"{worker}")) is { } trial)
            {
                claimed.Add(trial.Number);
                Assert.True(store.ReportTrial("cards", trial.Number, $"{worker}", TrialReport.Finished(trial.Number)));
            }
        });
        Assert.Equal(Enumerable.Range(0, 40), claimed.Order());
    }

    [Fact]
    public void A_file_opened_anew_has_everything()
    {
        var store = Planned("file", 2);
        store.ClaimTrial("cards", Claim("a"));
        store.ReportTrial("cards", 0, "a", TrialReport.Reached(0.25));
        store.ClaimTrial("cards", Claim("a"));
        string before = string.Join('\n', store.ReadTrials("cards").Select(Line));
        ((IDisposable)store).Dispose();
        using var again = StudyStore.Open(_folder.File("studies.db"));
        Assert.Equal(Definition, again.OpenStudy(Definition));
        Assert.Equal(before, string.Join('\n', again.ReadTrials("cards").Select(Line)));

        static string Line(StudyTrial trial) => $"{trial.Number} {trial.State} {string.Join(',', trial.Point)} {string.Join(',', trial.RungValues)} {trial.LostWorkers}";
    }

    private static (int Number, TrialState State) Brief(StudyTrial? trial) => (trial!.Number, trial.State);

    private static TrialClaim Claim(string owner) => new(owner, 0, 1000, 0, Lease);

    private IStudyStore Planned(string kind, int trials)
    {
        var store = Open(kind);
        store.OpenStudy(Definition);
        store.PlanTrials("cards", 0, [.. Enumerable.Range(0, trials).Select(number => new double[] { number })]);
        return store;
    }

    private IStudyStore Open(string kind)
    {
        if (kind == "memory")
            return new InMemoryStudyStore(_time);
        if (kind == "file")
            return Kept(StudyStore.Open(_folder.File("studies.db"), _time));
        return Kept(new StudyStore(Kept(RunStore.Open(_folder.File("runs.db"))).File, isOwn: false, _time));
    }

    private T Kept<T>(T store)
        where T : IDisposable
    {
        _open.Insert(0, store);
        return store;
    }
}
