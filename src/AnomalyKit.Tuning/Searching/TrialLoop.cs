namespace AnomalyKit;

/// <summary>Runs the trials of a pass as a study: side by side, rung by rung, and from where it was left.</summary>
/// <param name="plan">What is searched.</param>
/// <param name="name">The name of the study in its store.</param>
internal sealed class TrialLoop(SearchPlan plan, string name)
{
    /// <summary>Runs all trials.</summary>
    /// <param name="objective">Gives the value of a trial on a fraction of the rows, on so many threads.</param>
    /// <param name="ended">Hears of every trial that ended, also of those that an earlier run brought to their end, one at a time.</param>
    /// <returns>The trials, by number.</returns>
    public IReadOnlyList<Trial> Run(Func<TrialContext, int, double> objective, Action<Trial> ended)
    {
        var search = plan.Search;
        var options = new StudyOptions
        {
            Name = name,
            Direction = search.Metric.Direction,
            Sampler = search.Sampler ?? new TpeSampler { Seed = search.Seed },
            Pruning = plan.Pruning,
            Facts = plan.Options.Store is null ? new Dictionary<string, string>() : SearchFacts.Of(plan),
        };
        using var study = new Study(plan.Space, options, plan.Options.Store);
        var told = new HashSet<int>();
        Tell(study.Trials);
        int workers = Math.Min(plan.Threads, Math.Min(options.RoundSize, search.TrialCount));
        int perTrial = Math.Max(1, plan.Threads / workers);
        study.Run(
            context => objective(context, perTrial),
            new StudyRunOptions { TrialCount = search.TrialCount, MaxDegreeOfParallelism = workers, Progress = new Listener(trial => Tell([trial])) },
            plan.Token);
        // Of those that were pruned nobody hears until now.
        var trials = study.Trials;
        Tell(trials);
        return trials;

        void Tell(IEnumerable<Trial> some)
        {
            lock (told)
            {
                foreach (var trial in some.Where(trial => trial.HasEnded && told.Add(trial.Number)))
                    ended(trial);
            }
        }
    }

    private sealed class Listener(Action<Trial> ended) : IProgress<StudyProgress>
    {
        public void Report(StudyProgress value) => ended(value.Latest);
    }
}
