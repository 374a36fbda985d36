namespace AnomalyKit;

/// <summary>A search in rounds: a sampler suggests points, workers try them, and a store keeps what came out, so that it can be gone on with after a crash and from several processes.</summary>
/// <remarks>
/// <para>
/// The points of a round are settled before any of them runs, from the results of all earlier rounds; then its trials run side by side, rung by rung where there is pruning. So points and results are the same at any
/// parallelism, with any number of processes on one store, and after any interruption, as long as the objective gives the same values and no worker is lost twice with a trial.
/// </para>
/// <para>
/// A trial fails where the objective throws, or gives NaN or an infinite value. It is counted and shown, it is never the best, and samplers that learn take it for one of the worst.
/// </para>
/// <para>
/// Safe for any number of threads. Where the store cannot be written when a trial is told, the call throws and the report is kept: the next <see cref="Ask"/> or run makes it again first, or you tell the trial again.
/// Disposing gives trials back that were asked for and not told.
/// </para>
/// </remarks>
public sealed partial class Study : IDisposable
{
    private readonly Lock _planning = new();
    private readonly IStudyStore _store;
    private readonly StudyPlanner _planner;
    private readonly ClaimKeeper _claims;
    private readonly ClaimReports _reports;
    private readonly string _owner = Guid.NewGuid().ToString("N");

    /// <summary>Creates a study, or finds it in its store.</summary>
    /// <param name="space">The dimensions.</param>
    /// <param name="options">What the study fixes; null for the defaults.</param>
    /// <param name="store">Keeps the trials; null for memory.</param>
    /// <exception cref="ArgumentException">The store has a study of this name that differs; the message says in what.</exception>
    public Study(SearchSpace space, StudyOptions? options = null, IStudyStore? store = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        Space = space;
        Options = options ?? new StudyOptions();
        _store = store ?? new InMemoryStudyStore();
        var definition = Options.Define(space);
        var differences = definition.DifferencesFrom(_store.OpenStudy(definition));
        if (differences.Count > 0)
        {
            throw new ArgumentException(
                $"The store has a study '{Options.Name}' with different options: {string.Join("; ", differences)} (here: this study; there: the store). Give this study another name, or the options of the stored one.", nameof(options));
        }

        _planner = new StudyPlanner(space, Options, _store);
        _claims = new ClaimKeeper(_store, Options.Name, _owner);
        _reports = new ClaimReports(_store, Options.Name, _owner);
    }

    /// <summary>The dimensions.</summary>
    public SearchSpace Space { get; }

    /// <summary>What the study fixes.</summary>
    public StudyOptions Options { get; }

    /// <summary>All trials by number, as they stand in the store now, those of other processes included.</summary>
    public IReadOnlyList<Trial> Trials
    {
        get
        {
            lock (_planning)
                return _planner.ReadAll();
        }
    }

    /// <summary>The best finished trial; of equal ones that with the lowest number. Null where none has finished.</summary>
    public Trial? Best => BestOf(Trials);

    /// <summary>Takes the next trial.</summary>
    /// <param name="trialCount">The trials that the study has at the end.</param>
    /// <param name="lease">How long the trial is yours if this process dies; null for a minute. As long as it lives it renews the claim by itself.</param>
    /// <returns>
    /// The trial, to be ended by <see cref="Tell"/> or <see cref="TellFailed"/>; null where there is none now, because the study has come to its end or all trials of the round are with somebody. See <see cref="IsComplete"/>.
    /// </returns>
    public TrialContext? Ask(int trialCount, TimeSpan? lease = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trialCount, 1);
        return TryClaim(trialCount, lease ?? TimeSpan.FromMinutes(1), default, out _);
    }

    /// <summary>Tells the value of a trial, or of its rung.</summary>
    /// <param name="trial">What <see cref="Ask"/> gave.</param>
    /// <param name="value">The value; NaN and infinities mean that it failed.</param>
    /// <returns>False where the trial was taken for lost and given to another worker; the value is then kept beside it and does not count.</returns>
    /// <exception cref="RunTrackingException">The store cannot be written.</exception>
    public bool Tell(TrialContext trial, double value)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return double.IsFinite(value)
            ? Report(trial, trial.IsLastRung ? TrialReport.Finished(value) : TrialReport.Reached(value))
            : TellFailed(trial, FormattableString.Invariant($"The value {(trial.Fraction < 1 ? $"on {trial.Fraction:0.####} of the rows " : string.Empty)}is {value:R}."));
    }

    /// <summary>Tells that a trial failed.</summary>
    /// <param name="trial">What <see cref="Ask"/> gave.</param>
    /// <param name="problem">Why, in one line.</param>
    /// <returns>False where the trial was taken for lost and given to another worker.</returns>
    public bool TellFailed(TrialContext trial, string problem)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return Report(trial, TrialReport.Failed(problem));
    }

    /// <summary>Whether all trials have ended.</summary>
    /// <param name="trialCount">The trials that the study has at the end.</param>
    /// <returns>True where nothing is left to do; also where the sampler has no more points.</returns>
    public bool IsComplete(int trialCount)
    {
        var trials = Trials;
        return trials.All(trial => trial.HasEnded)
            && (trials.Count >= trialCount || Options.Sampler.Suggest(Space, trials, Options.Direction, trials.Count) is null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        int[] held = [.. _claims.Held];
        _claims.Dispose();
        try
        {
            foreach (int number in held)
                _reports.Release(number);
            _reports.TellAgain();
        }
        catch (Exception e) when (e is RunTrackingException or ObjectDisposedException)
        {
            // The store is locked, or closed. Nobody renews the claims any more, so they end with their lease.
        }
    }

    private TrialContext? TryClaim(int trialCount, TimeSpan lease, CancellationToken token, out bool isOver)
    {
        lock (_planning)
        {
            _reports.TellAgain();
            (var trial, isOver) = _planner.Next(trialCount, _owner, lease);
            if (trial is null)
                return null;
            // Disposed meanwhile: others may have the trial.
            if (!_claims.Hold(trial.Number, lease))
            {
                _reports.Release(trial.Number);
                throw new ObjectDisposedException(nameof(Study));
            }

            int rung = trial.RungValues.Count;
            return new TrialContext(trial, Space, _planner.Fractions[rung], rung == _planner.Fractions.Count - 1) { Token = token };
        }
    }

    private bool Report(TrialContext trial, TrialReport report)
    {
        if (!_claims.LetGo(trial.Number) && !_reports.Forget(trial.Number))
            throw new InvalidOperationException($"Trial {trial.Number} has already been told, or does not come from this study. Tell each trial once, to the study that it was asked from.");
        return _reports.Report(trial.Number, report);
    }

    private Trial? BestOf(IEnumerable<Trial> trials) => trials
        .Where(trial => trial.State == TrialState.Finished)
        .OrderBy(trial => Options.Direction == SearchDirection.Minimize ? trial.Value : -trial.Value)
        .ThenBy(trial => trial.Number)
        .FirstOrDefault();
}
