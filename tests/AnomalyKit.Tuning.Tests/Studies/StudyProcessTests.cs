using System.Globalization;
using AnomalyKit.Tests.Processes;
using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Tuning.Tests.Studies;

/// <summary>Several processes at one study, and what is left when one is killed or stopped.</summary>
public sealed class StudyProcessTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Store => _folder.File("studies.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Eight_processes_at_once_on_a_fresh_store_run_each_trial_once()
    {
        const int Processes = 8, Total = 60;
        var children = Enumerable.Range(0, Processes).Select(_ => new ChildProcess("study", Store, $"{Total}", "16")).ToArray();
        try
        {
            foreach (var child in children)
                Assert.Equal("ready", child.ReadLine());
            foreach (var child in children)
                child.WriteLine();
            Assert.Equal(Total, children.Sum(child => int.Parse(child.WaitForSuccess(), CultureInfo.InvariantCulture)));
        }
        finally
        {
            foreach (var child in children)
                child.Dispose();
        }

        using var runs = RunStore.Open(Store, StudyChild.Waiting);
        using var store = StudyStore.In(runs);
        using var study = new Study(StudyChild.Space, StudyChild.Options(16), store);
        Assert.Equal(Total, study.Trials.Select(trial => trial.Point).Distinct().Count());
        Assert.All(store.ReadTrials("study"), trial => Assert.Equal((0, null), (trial.LostWorkers, trial.LateReport)));
        study.Run(_ => throw new InvalidOperationException("There is nothing left to do."), new() { TrialCount = Total });
        StudyTests.AssertSame(Alone(16, Total), study.Trials);
    }

    [Fact]
    public void A_study_goes_on_as_if_nothing_had_happened_after_kill_9()
    {
        using (var child = Start(stopAt: 17))
            child.Kill();
        using var runs = RunStore.Open(Store, StudyChild.Waiting);
        using var store = StudyStore.In(runs);
        using var study = new Study(StudyChild.Space, StudyChild.Options(4), store);
        Assert.Equal(TrialState.Running, study.Trials[17].State);
        study.Run(StudyChild.Objective, new() { TrialCount = 24, MaxDegreeOfParallelism = 2 });
        StudyTests.AssertSame(Alone(4, 24), study.Trials);
        Assert.Equal([17], store.ReadTrials("study").Where(trial => trial.LostWorkers > 0).Select(trial => trial.Number));
    }

    [Fact]
    public void A_process_that_was_stopped_too_long_is_refused_and_lives()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var child = Start(stopAt: 5);
        child.Signal("STOP");
        using var runs = RunStore.Open(Store, StudyChild.Waiting);
        using var store = StudyStore.In(runs);
        using var study = new Study(StudyChild.Space, StudyChild.Options(4), store);
        study.Run(StudyChild.Objective, new() { TrialCount = 24, MaxDegreeOfParallelism = 1 });
        child.Signal("CONT");
        child.WriteLine();
        Assert.Equal("6", child.WaitForSuccess().Trim());
        StudyTests.AssertSame(Alone(4, 24), study.Trials);
        var stopped = store.ReadTrials("study")[5];
        Assert.Equal((1, $"Finished, {stopped.Value!.Value.ToString(CultureInfo.InvariantCulture)}"), (stopped.LostWorkers, stopped.LateReport));
    }

    /// <summary>A process that has come to a trial and waits there.</summary>
    private ChildProcess Start(int stopAt)
    {
        var child = new ChildProcess("study", Store, "24", "4", stopAt.ToString(CultureInfo.InvariantCulture));
        Assert.Equal("ready", child.ReadLine());
        child.WriteLine();
        Assert.Equal("there", child.ReadLine());
        return child;
    }

    private static IReadOnlyList<Trial> Alone(int trialsPerRound, int trials)
    {
        using var study = new Study(StudyChild.Space, StudyChild.Options(trialsPerRound));
        study.Run(StudyChild.Objective, new() { TrialCount = trials, MaxDegreeOfParallelism = 1 });
        return study.Trials;
    }
}
