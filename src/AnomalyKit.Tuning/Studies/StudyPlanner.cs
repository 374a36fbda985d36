namespace AnomalyKit;

/// <summary>Finds the next thing to do in a study: settles points, prunes, claims. One at a time; several processes may do the same, and come to the same.</summary>
internal sealed class StudyPlanner(SearchSpace space, StudyOptions options, IStudyStore store)
{
    /// <summary>The trials of all rounds that are over. Nothing changes in them.</summary>
    private readonly List<Trial> _past = [];

    /// <summary>Whether the sampler has no more points.</summary>
    private bool _isExhausted;

    public IReadOnlyList<double> Fractions { get; } = options.Pruning?.Fractions ?? [1.0];

    /// <summary>All trials, as they stand.</summary>
    public IReadOnlyList<Trial> ReadAll() => [.. _past, .. Read(_past.Count)];

    /// <summary>Claims the next trial.</summary>
    /// <param name="trialCount">How many trials the study is to have.</param>
    /// <param name="owner">The worker's token.</param>
    /// <param name="lease">How long the trial is the worker's.</param>
    /// <returns>The trial; null where there is none now, and whether there will be one.</returns>
    public (Trial? Trial, bool IsOver) Next(int trialCount, string owner, TimeSpan lease)
    {
        while (true)
        {
            int first = _past.Count;
            int end = Math.Min(first + options.RoundSize, trialCount);
            if (end <= first)
                return (null, true);
            var round = Read(first).Where(trial => trial.Number < first + options.RoundSize).ToList();
            if (round.Count < end - first && !_isExhausted && Plan(round, end))
                continue;
            switch (RoundStep.Of(round, options.Pruning, options.Direction))
            {
                case RoundStep.Prune prune:
                    store.PruneTrials(options.Name, prune.Numbers);
                    continue;
                case RoundStep.Work work:
                    var claim = new TrialClaim(owner, first, first + round.Count, work.Rung, lease);
                    return store.ClaimTrial(options.Name, claim) is { } claimed ? (Trial.Of(claimed), false) : (null, false);
                default:
                    if (round.Count < options.RoundSize)
                        return (null, true);
                    _past.AddRange(round);
                    continue;
            }
        }
    }

    /// <summary>
    /// Settles the points that a round misses. Each is suggested from all earlier rounds, which have ended, and from the points before it in its own, as trials that run: whatever has
    /// come of them by now, so that a study that is gone on with gets the same points.
    /// </summary>
    private bool Plan(List<Trial> round, int end)
    {
        int first = _past.Count + round.Count;
        List<Trial> seen = [.. _past, .. round.Select(trial => new Trial(trial.Number, trial.Point))];
        var points = new List<IReadOnlyList<double>>();
        for (int number = first; number < end; number++)
        {
            if (options.Sampler.Suggest(space, seen, options.Direction, number) is not { } point)
            {
                _isExhausted = true;
                break;
            }

            space.CheckPoint(point);
            seen.Add(new Trial(number, point));
            points.Add(point.Values.ToArray());
        }

        if (points.Count > 0)
            store.PlanTrials(options.Name, first, points);
        return points.Count > 0;
    }

    private IReadOnlyList<Trial> Read(int first) => [.. store.ReadTrials(options.Name, first).Select(Trial.Of)];
}
