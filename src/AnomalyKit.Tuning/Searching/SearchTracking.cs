using System.Globalization;

namespace AnomalyKit;

/// <summary>Keeps a search as a run, and its trials as runs within it. A tracker that fails is left alone from then on, and its first problem is told in the result.</summary>
internal sealed class SearchTracking : IDisposable
{
    private const string ExperimentName = "tuning";

    private readonly SearchPlan _plan;
    private readonly IRunTracker? _tracker;
    private readonly Lock _lock = new();
    private readonly Dictionary<int, (ITrackedRun Run, int Rungs)> _trials = [];
    private ITrackedRun? _run;
    private string? _problem;

    public SearchTracking(SearchPlan plan, SearchOptions options)
    {
        _plan = plan;
        _tracker = options.Tracker;
        Try(tracker => _run = tracker.StartRun(new RunStart(ExperimentName)
        {
            Name = $"search {plan.Start.Trainer.GetType().Name}",
            Parameters = Parameters(),
        }));
    }

    /// <summary>Keeps what the folds of a trial gave: the mean, and each fold's, at the step of the rung.</summary>
    public void Measured(int number, SearchPoint point, double fraction, double[] foldValues) => Try(tracker =>
    {
        var (run, rungs) = _trials.TryGetValue(number, out var known) ? known : (StartTrial(tracker, number, _plan.Space.Describe(point)), 0);
        _trials[number] = (run, rungs + 1);
        string metric = _plan.Search.Metric.Name;
        run.LogMetrics(
        [
            new MetricPoint(metric, foldValues.Average(), rungs),
            new MetricPoint("fraction", fraction, rungs),
            .. foldValues.Select((value, fold) => new MetricPoint($"{metric}_fold_{fold}", value, rungs)),
        ]);
    });

    /// <summary>Ends the run of a trial.</summary>
    public void Ended(SearchTrial trial) => Try(tracker =>
    {
        if (!_trials.Remove(trial.Number, out var known))
            known = (StartTrial(tracker, trial.Number, trial.Options), 0);
        using var run = known.Run;
        if (trial.Number < 0 && trial.Value is { } value)
            run.LogMetrics([new MetricPoint(_plan.Search.Metric.Name, value)]);
        run.SetTag("state", trial.State.ToString().ToLowerInvariant());
        if (trial.Problem is { } problem)
            run.SetTag("problem", problem);
        run.Complete(trial.State == TrialState.Failed ? RunStatus.Failed : RunStatus.Finished);
    });

    /// <summary>Keeps what the search found, and gives it back with the tracker's first problem.</summary>
    public SearchResult Complete(SearchResult result)
    {
        Try(_ =>
        {
            string metric = _plan.Search.Metric.Name;
            var points = new List<MetricPoint> { new($"best_{metric}", result.BestValue) };
            if (result.Default.Value is { } value)
                points.Add(new MetricPoint($"default_{metric}", value));
            if (result.Estimate is { } estimate)
                points.AddRange([new($"estimate_{metric}", estimate.Value), new($"estimate_low_{metric}", estimate.Low), new($"estimate_high_{metric}", estimate.High)]);
            _run!.LogMetrics(points);
            foreach (var (option, chosen) in result.Best.Options)
                _run.SetTag($"best.{option}", chosen);
            _run.SetTag("best_trial", result.Best.Number < 0 ? "default" : result.Best.Number.ToString(CultureInfo.InvariantCulture));
            _run.Complete();
        });
        return result with { TrackingProblem = _problem };
    }

    /// <summary>Ends what was left open: the search was cancelled, or failed.</summary>
    public void Dispose()
    {
        var status = _plan.Token.IsCancellationRequested ? RunStatus.Killed : RunStatus.Failed;
        Try(_ =>
        {
            foreach (var (run, _) in _trials.Values)
                run.Complete(status);
            _run?.Complete(status);
        });
        _run?.Dispose();
    }

    private ITrackedRun StartTrial(IRunTracker tracker, int number, IReadOnlyDictionary<string, string> options) => tracker.StartRun(new RunStart(ExperimentName)
    {
        Name = number < 0 ? "default" : string.Create(CultureInfo.InvariantCulture, $"trial {number}"),
        ParentRunId = _run!.Id,
        Parameters = options,
    });

    private Dictionary<string, string> Parameters()
    {
        var search = _plan.Search;
        var parameters = new Dictionary<string, string>
        {
            ["trainer"] = _plan.Start.Trainer.GetType().Name,
            ["metric"] = search.Metric.Name,
            ["split"] = search.Split.ToString()!,
            ["TrialCount"] = search.TrialCount.ToString(CultureInfo.InvariantCulture),
            ["OuterFolds"] = search.OuterFolds.ToString(CultureInfo.InvariantCulture),
            ["Seed"] = search.Seed.ToString(CultureInfo.InvariantCulture),
            ["rows"] = _plan.Rows.Count.ToString(CultureInfo.InvariantCulture),
            ["anomalies"] = _plan.Rows.Labels.IsAnomaly.AsSpan().Count(true).ToString(CultureInfo.InvariantCulture),
        };
        foreach (var dimension in _plan.Space.Dimensions)
            parameters[$"space.{dimension.Name}"] = dimension.ToString();
        return parameters;
    }

    private void Try(Action<IRunTracker> log)
    {
        if (_tracker is null)
            return;
        lock (_lock)
        {
            if (_problem is not null)
                return;
            try
            {
                log(_tracker);
            }
            catch (Exception problem) when (problem is RunTrackingException or IOException or ObjectDisposedException)
            {
                _problem = problem.Message;
            }
        }
    }
}
