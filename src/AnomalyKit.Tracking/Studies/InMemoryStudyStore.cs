namespace AnomalyKit;

/// <summary>Keeps studies in memory, for the workers of one process.</summary>
/// <param name="clock">The clock that leases go by; null for the system's.</param>
public sealed class InMemoryStudyStore(TimeProvider? clock = null) : IStudyStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Entry> _studies = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <inheritdoc/>
    public StudyDefinition OpenStudy(StudyDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        lock (_gate)
        {
            if (!_studies.TryGetValue(definition.Name, out var study))
                _studies.Add(definition.Name, study = new Entry(definition));
            return study.Definition;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> ListStudies()
    {
        lock (_gate)
            return [.. _studies.Keys];
    }

    /// <inheritdoc/>
    public IReadOnlyList<StudyTrial> ReadTrials(string study, int first = 0)
    {
        lock (_gate)
            return [.. Find(study).Trials.Skip(first)];
    }

    /// <inheritdoc/>
    public void PlanTrials(string study, int first, IReadOnlyList<IReadOnlyList<double>> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        lock (_gate)
        {
            var trials = Find(study).Trials;
            StudyRules.CheckPlan(study, first, trials.Count);
            for (int i = trials.Count - first; i < points.Count; i++)
                trials.Add(new StudyTrial(first + i, [.. points[i]]));
        }
    }

    /// <inheritdoc/>
    public StudyTrial? ClaimTrial(string study, TrialClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        lock (_gate)
        {
            var entry = Find(study);
            var now = _clock.GetUtcNow();
            for (int number = claim.First; number < Math.Min(claim.End, entry.Trials.Count); number++)
            {
                var (owner, until) = entry.Owners.GetValueOrDefault(number);
                var trial = StudyRules.TakenFor(entry.Trials[number], claim, until < now, owner);
                if (trial is null)
                    continue;
                entry.Trials[number] = trial;
                if (trial.HasEnded)
                    continue;
                entry.Owners[number] = (claim.Owner, now + claim.Lease);
                return trial;
            }

            return null;
        }
    }

    /// <inheritdoc/>
    public bool RenewClaim(string study, int number, string owner, TimeSpan lease)
    {
        lock (_gate)
        {
            var entry = Find(study);
            if (!entry.IsOwnedBy(number, owner))
                return false;
            entry.Owners[number] = (owner, _clock.GetUtcNow() + lease);
            return true;
        }
    }

    /// <inheritdoc/>
    public void ReleaseClaim(string study, int number, string owner)
    {
        lock (_gate)
        {
            var entry = Find(study);
            if (entry.IsOwnedBy(number, owner))
                entry.Trials[number] = entry.Trials[number] with { State = TrialState.Waiting };
        }
    }

    /// <inheritdoc/>
    public bool ReportTrial(string study, int number, string owner, TrialReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        lock (_gate)
        {
            var entry = Find(study);
            bool isOwner = entry.IsOwnedBy(number, owner);
            entry.Trials[number] = isOwner ? StudyRules.After(entry.Trials[number], report) : entry.Trials[number] with { LateReport = report.ToString() };
            return isOwner;
        }
    }

    /// <inheritdoc/>
    public void PruneTrials(string study, IReadOnlyList<int> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        lock (_gate)
        {
            var trials = Find(study).Trials;
            foreach (int number in numbers)
            {
                if (trials[number].State == TrialState.Waiting)
                    trials[number] = StudyRules.Pruned(trials[number]);
            }
        }
    }

    private Entry Find(string study) => _studies.TryGetValue(study, out var entry) ? entry : throw StudyRules.NoStudy(study);

    private sealed record Entry(StudyDefinition Definition)
    {
        public List<StudyTrial> Trials { get; } = [];

        /// <summary>The last owner of each trial, and until when.</summary>
        public Dictionary<int, (string Owner, DateTimeOffset Until)> Owners { get; } = [];

        public bool IsOwnedBy(int number, string owner) => Trials[number].State == TrialState.Running && Owners[number].Owner == owner;
    }
}
