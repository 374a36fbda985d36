using AnomalyKit.Tuning;

namespace AnomalyKit;

/// <summary>Runs the trials of a pass.</summary>
internal sealed class TrialLoop(SearchPlan plan)
{
    /// <summary>Runs all trials.</summary>
    /// <param name="objective">Gives the value of a trial: its number, its point, the fraction of the training rows, and the threads that it may use.</param>
    /// <param name="ended">Hears of every trial that ended.</param>
    /// <returns>The trials, by number.</returns>
    public IReadOnlyList<Trial> Run(Func<int, SearchPoint, double, int, double> objective, Action<Trial> ended)
    {
        var sampler = plan.Search.Sampler ?? new TpeSampler { Seed = plan.Search.Seed };
        var trials = new List<Trial>();
        while (trials.Count < plan.Search.TrialCount && sampler.Suggest(plan.Space, trials, plan.Search.Metric.Direction, trials.Count) is { } point)
        {
            plan.Token.ThrowIfCancellationRequested();
            var trial = new Trial(trials.Count, point);
            try
            {
                trial = trial with { Value = objective(trial.Number, point, 1, plan.Threads), State = TrialState.Finished };
            }
            catch (Exception problem) when (SettingProblem.Is(problem))
            {
                trial = trial with { State = TrialState.Failed, Problem = problem.Message };
            }

            trials.Add(trial);
            ended(trial);
        }

        return trials;
    }
}
