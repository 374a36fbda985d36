using System.Globalization;

namespace AnomalyKit;

/// <summary>
/// Keeps a search as a run, and its trials as runs within it. A tracker that fails is only asked to end the runs that are open, and the result reports its first problem.
/// </summary>
internal sealed class SearchTracking : IDisposable
{
    private readonly SearchPlan _plan;
    private readonly IRunTracker? _tracker;
    private readonly Lock _lock = new();
    private readonly Dictionary<int, ITrackedRun> _trials = [];
    private readonly Dictionary<int, RunStatus> _ends = [];
    private readonly ITrackedRun? _run;
    private string? _problem;
    private bool _isOver;

    public SearchTracking(SearchPlan plan)
    {
        _plan = plan;
        _tracker = plan.Options.Tracker;
        if (_tracker is null)
            return;
        var start = new RunStart(_plan.Options.StudyName)
        {
            Name = "search",
            Parameters = Parameters(),
        };
        try
        {
            _run = _tracker.StartRun(start);
        }
        catch (Exception problem) when (problem is not ArgumentException)
        {
            // A name that cannot be kept is told at once, before any work is done.
            _problem = problem.Message;
        }
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
    public void Ended(SearchTrial trial)
    {
        var status = trial.State == TrialState.Failed ? RunStatus.Failed : RunStatus.Finished;
        lock (_lock)
            _ends[trial.Number] = status;
        Try(tracker =>
        {
            bool isNew = !_trials.TryGetValue(trial.Number, out var run);
            if (isNew)
                _trials[trial.Number] = run = StartTrial(tracker, trial.Number, trial.Options);
            if (isNew && trial.Value is { } value)
                run!.LogMetrics([new MetricPoint(_plan.Search.Metric.Name, value)]);
            run!.SetTag("state", trial.State.ToString().ToLowerInvariant());
            if (trial.Problem is { } problem)
                run.SetTag("problem", problem);
            End(run, status);
            _trials.Remove(trial.Number);
        });
    }

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
        });
        EndAll(RunStatus.Finished);
        return result with { TrackingProblem = _problem };
    }

    /// <summary>Ends what was left open: the search was cancelled, or failed.</summary>
    public void Dispose() => EndAll(_plan.Token.IsCancellationRequested ? RunStatus.Killed : RunStatus.Failed);

    private static void End(ITrackedRun run, RunStatus status)
    {
        run.Complete(status);
        run.Dispose();
    }

    // A problem that has passed must not let the runs of a good search look as if they had failed.
    private void EndAll(RunStatus status)
    {
        if (_isOver)
            return;
        _isOver = true;
        Always(_ =>
        {
            foreach (var (number, run) in _trials)
                End(run, _ends.GetValueOrDefault(number, status));
            if (_run is null)
                return;
            if (_problem is not null)
                _run.SetTag("problem", _problem);
            End(_run, status);
        });
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
        parameters["pruning"] = _plan.Pruning?.ToString() ?? "none";
        parameters["anomalies"] = _plan.Rows.Labels.IsAnomaly.AsSpan().Count(true).ToString(CultureInfo.InvariantCulture);
        foreach (var dimension in _plan.Space.Dimensions)
            parameters[$"space.{dimension.Name}"] = dimension.ToString();
        return parameters;
    }

    private void Try(Action<IRunTracker> log)
    {
        lock (_lock)
        {
            if (_problem is null)
                Always(log);
        }
    }

    private void Always(Action<IRunTracker> log)
    {
        if (_tracker is null)
            return;
        lock (_lock)
        {
            try
            {
                log(_tracker);
            }
            catch (Exception problem)
            {
                // Trackers are anybody's, and no failure of theirs is worth the work that the search has done.
                _problem ??= problem.Message;
            }
        }
    }
}
