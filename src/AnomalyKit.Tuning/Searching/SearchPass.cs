using System.Collections.Concurrent;
using AnomalyKit.Tuning;

namespace AnomalyKit;

/// <summary>One search on some of the rows: the trainer as it is, then the trials.</summary>
internal sealed class SearchPass
{
    private readonly SearchPlan _plan;
    private readonly string _name;
    private readonly FoldFitting _fitting;
    private readonly ConcurrentDictionary<int, double[]> _foldValues = new();

    /// <param name="plan">What is searched.</param>
    /// <param name="among">The rows that the search may look at, ascending.</param>
    /// <param name="name">The name of its study.</param>
    /// <exception cref="ArgumentException">The rows cannot be split so, or the metric cannot be taken on a fold.</exception>
    public SearchPass(SearchPlan plan, int[] among, string name)
    {
        (_plan, _name) = (plan, name);
        var folds = plan.Search.Split.Divide(plan.Rows, among, plan.Search.Split.FoldCount);
        _fitting = plan.FittingOn(folds);
        plan.CheckMetric(folds);
    }

    /// <summary>Hears of every trial that ended, one at a time.</summary>
    public Action<SearchTrial>? Ended { get; init; }

    /// <summary>Hears of the values of the folds at every rung; from several threads.</summary>
    public Action<TrialContext, double[]>? Measured { get; init; }

    /// <summary>Runs the search.</summary>
    /// <exception cref="ArgumentException">No setting could be used.</exception>
    public PassResult Run()
    {
        var start = Default();
        Ended?.Invoke(start);
        var trials = new TrialLoop(_plan, _name).Run(Value, trial => Ended?.Invoke(Told(trial)));
        SearchTrial[] told = [.. trials.Select(Told)];
        var best = start;
        foreach (var trial in told)
        {
            if (trial is { State: TrialState.Finished, Value: { } value } && (best.Value is null || _plan.Search.Metric.IsBetter(value, best.Value.Value)))
                best = trial;
        }

        if (best.Value is null)
            throw new ArgumentException($"No setting could be used on these rows. The unchanged trainer fails with: {start.Problem}");
        var setting = best == start ? _plan.Start : _plan.Start.At(_plan.Space, trials[best.Number].Point);
        return new PassResult(start, told, best, setting, _fitting.Count);
    }

    private SearchTrial Default()
    {
        var start = new SearchTrial { Number = -1, Options = new Dictionary<string, string>(), State = TrialState.Finished };
        try
        {
            double[] values = _plan.Measure(_fitting.Score(_plan.Start, 1, _plan.Threads, _plan.Token));
            return start with { Value = values.Average(), FoldValues = values };
        }
        catch (Exception problem) when (SettingProblem.Is(problem))
        {
            return start with { State = TrialState.Failed, Problem = problem.Message };
        }
    }

    private double Value(TrialContext trial, int threads)
    {
        var setting = _plan.Start.At(_plan.Space, trial.Point);
        double[] values = _plan.Measure(_fitting.Score(setting, trial.Fraction, threads, trial.Token));
        _foldValues[trial.Number] = values;
        Measured?.Invoke(trial, values);
        return values.Average();
    }

    private SearchTrial Told(Trial trial) => new()
    {
        Number = trial.Number,
        Options = _plan.Space.Describe(trial.Point),
        State = trial.State,
        Value = trial.Value,
        FoldValues = trial.State == TrialState.Failed ? [] : _foldValues.GetValueOrDefault(trial.Number, []),
        RungValues = trial.RungValues,
        Problem = trial.Problem,
    };
}
