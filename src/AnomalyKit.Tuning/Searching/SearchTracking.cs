using System.Globalization;

namespace AnomalyKit;

/// <summary>Keeps a search as a run, and its trials as runs within it. A tracker that fails is not used again, and the result reports its first problem.</summary>
internal sealed class SearchTracking : IDisposable
{
    private readonly SearchPlan _plan;
    private readonly IRunTracker? _tracker;
    private readonly Lock _lock = new();
    private readonly Dictionary<int, ITrackedRun> _trials = [];
    private ITrackedRun? _run;
    private string? _problem;

    public SearchTracking(SearchPlan plan)
    {
        _plan = plan;
        _tracker = plan.Options.Tracker;
        Try(tracker => _run = tracker.StartRun(new RunStart(_plan.Options.StudyName)
        {
            Name = "search",
            Parameters = Parameters(),
        }));
    }

    /// <summary>Keeps what the folds of a trial gave: the mean, and each fold's, at the step of the rung.</summary>
    public void Measured(TrialContext trial, double[] foldValues) => Try(tracker =>
    {
        if (!_trials.TryGetValue(trial.Number, out var run))
            _trials[trial.Number] = run = StartTrial(tracker, trial.Number, trial.Values);
        string metric = _plan.Search.Metric.Name;
        run.LogMetrics(
        [
            new MetricPoint(metric, foldValues.Average(), trial.Rung),
            new MetricPoint("fraction", trial.Fraction, trial.Rung),
            .. foldValues.Select((value, fold) => new MetricPoint($"{metric}_fold_{fold}", value, trial.Rung)),
        ]);
    });

    /// <summary>Ends the run of a trial.</summary>
    public void Ended(SearchTrial trial) => Try(tracker =>
    {
        bool isNew = !_trials.Remove(trial.Number, out var known);
        using var run = known ?? StartTrial(tracker, trial.Number, trial.Options);
        if (isNew && trial.Value is { } value)
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
            foreach (var run in _trials.Values)
                run.Complete(status);
            _run?.Complete(status);
        });
        _run?.Dispose();
    }

    private ITrackedRun StartTrial(IRunTracker tracker, int number, IReadOnlyDictionary<string, string> options) => tracker.StartRun(new RunStart(_plan.Options.StudyName)
    {
        Name = number < 0 ? "default" : string.Create(CultureInfo.InvariantCulture, $"trial {number}"),
        ParentRunId = _run!.Id,
        Parameters = options,
    });

    private Dictionary<string, string> Parameters()
    {
        var parameters = SearchFacts.Of(_plan);
        parameters["TrialCount"] = _plan.Search.TrialCount.ToString(CultureInfo.InvariantCulture);
        parameters["OuterFolds"] = _plan.Search.OuterFolds.ToString(CultureInfo.InvariantCulture);
        parameters["anomalies"] = _plan.Rows.Labels.IsAnomaly.AsSpan().Count(true).ToString(CultureInfo.InvariantCulture);
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
