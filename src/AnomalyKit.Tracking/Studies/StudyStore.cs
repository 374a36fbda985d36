using AnomalyKit.Storage;

namespace AnomalyKit;

/// <summary>Keeps studies in a file of SQLite, which any number of processes of one machine share; in the file of a <see cref="RunStore"/>, if wanted.</summary>
/// <remarks>
/// What a call returned from survives the end of the process, however it comes. After a power failure the last trials may be missing or waiting again; they are then run again. Leases go by the clocks of the processes'
/// machine.
/// </remarks>
public sealed class StudyStore : IStudyStore, IDisposable
{
    private readonly StoreFile _file;
    private readonly bool _isOwn;
    private readonly TimeProvider _clock;

    internal StudyStore(StoreFile file, bool isOwn, TimeProvider clock)
    {
        _file = file;
        _isOwn = isOwn;
        _clock = clock;
        file.Ensure(StudyTables.Part);
    }

    /// <summary>Opens a store; a file that is not there is created.</summary>
    /// <param name="path">The file; it may be that of a <see cref="RunStore"/>. Its folder must be there.</param>
    /// <returns>The store; dispose of it to let go of the file.</returns>
    /// <exception cref="RunTrackingException">The file cannot be opened, is not a store, was written by a newer version, or is on a network file system.</exception>
    public static StudyStore Open(string path) => Open(path, TimeProvider.System);

    /// <summary>Keeps studies beside the runs of a store, over its connection.</summary>
    /// <param name="runs">The store; it stays open when this one is disposed of.</param>
    /// <returns>The store of studies.</returns>
    /// <exception cref="RunTrackingException">The file cannot be written, or was written by a newer version.</exception>
    public static StudyStore In(RunStore runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return new StudyStore(runs.File, isOwn: false, TimeProvider.System);
    }

    internal static StudyStore Open(string path, TimeProvider clock)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new StudyStore(StoreFile.Open(path, StoreFileOptions.Default), isOwn: true, clock);
    }

    /// <inheritdoc/>
    public StudyDefinition OpenStudy(StudyDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return _file.Read(session => StudyTables.FindDefinition(session, definition.Name))
            ?? _file.Write(session => StudyTables.FindDefinition(session, definition.Name) ?? StudyTables.Insert(session, definition), isFlushed: true);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> ListStudies() => _file.Read(StudyTables.Names);

    /// <inheritdoc/>
    public IReadOnlyList<StudyTrial> ReadTrials(string study, int first = 0) =>
        _file.Read(session => TrialTables.Read(session, StudyTables.Find(session, study), first, int.MaxValue).ConvertAll(kept => kept.Trial));

    /// <inheritdoc/>
    public void PlanTrials(string study, int first, IReadOnlyList<IReadOnlyList<double>> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        _file.Write(session =>
        {
            long id = StudyTables.Find(session, study);
            int count = TrialTables.Count(session, id);
            StudyRules.CheckPlan(study, first, count);
            for (int i = count - first; i < points.Count; i++)
                TrialTables.Insert(session, id, first + i, points[i]);
        });
    }

    /// <inheritdoc/>
    public StudyTrial? ClaimTrial(string study, TrialClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        // Workers that wait ask often: they look first, and keep nobody from writing.
        return _file.Read(session => Takes(session, study, claim).Count > 0) ? _file.Write(session => Claim(session, study, claim)) : null;
    }

    /// <inheritdoc/>
    public bool RenewClaim(string study, int number, string owner, TimeSpan lease) =>
        _file.Write(session => TrialTables.Renew(session, StudyTables.Find(session, study), number, owner, EndOf(lease)));

    /// <inheritdoc/>
    public void ReleaseClaim(string study, int number, string owner) => _file.Write(session =>
    {
        long id = StudyTables.Find(session, study);
        if (TrialTables.FindOwned(session, id, number, owner) is { } trial)
            TrialTables.Update(session, id, trial with { State = TrialState.Waiting }, null, 0);
    });

    /// <inheritdoc/>
    public bool ReportTrial(string study, int number, string owner, TrialReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return _file.Write(session =>
        {
            long id = StudyTables.Find(session, study);
            if (TrialTables.FindOwned(session, id, number, owner) is not { } trial)
            {
                TrialTables.KeepLate(session, id, number, report.ToString());
                return false;
            }

            var after = StudyRules.After(trial, report);
            TrialTables.Update(session, id, after, null, 0);
            if (after.RungValues.Count > trial.RungValues.Count)
                TrialTables.InsertRung(session, id, number, trial.RungValues.Count, after.RungValues[^1]);
            return true;
        });
    }

    /// <inheritdoc/>
    public void PruneTrials(string study, IReadOnlyList<int> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        _file.Write(session =>
        {
            long id = StudyTables.Find(session, study);
            foreach (int number in numbers)
            {
                if (TrialTables.Read(session, id, number, number + 1) is [{ Trial: { State: TrialState.Waiting } trial }])
                    TrialTables.Update(session, id, StudyRules.Pruned(trial), null, 0);
            }
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isOwn)
            _file.Dispose();
    }

    private StudyTrial? Claim(StoreSession session, string study, TrialClaim claim)
    {
        long id = StudyTables.Find(session, study);
        foreach (var trial in Takes(session, study, claim))
        {
            TrialTables.Update(session, id, trial, trial.HasEnded ? null : claim.Owner, EndOf(claim.Lease));
            if (!trial.HasEnded)
                return trial;
        }

        return null;
    }

    /// <summary>The trials that the claim changes, as they are then.</summary>
    private List<StudyTrial> Takes(StoreSession session, string study, TrialClaim claim)
    {
        long now = _clock.GetUtcNow().UtcTicks;
        return [.. TrialTables.Read(session, StudyTables.Find(session, study), claim.First, claim.End)
            .Select(kept => StudyRules.TakenFor(kept.Trial, claim, kept.LeaseEnd < now, kept.Owner))
            .OfType<StudyTrial>()];
    }

    private long EndOf(TimeSpan lease) => (_clock.GetUtcNow() + lease).UtcTicks;
}
