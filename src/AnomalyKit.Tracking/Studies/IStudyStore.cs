namespace AnomalyKit;

/// <summary>Keeps studies and their trials, for any number of workers in any number of processes.</summary>
/// <remarks>
/// <para>
/// Points are settled first, a round at a time, and numbered without gaps. A worker then claims a trial, which makes it its own until it reports or its lease ends. A claim that is not renewed in
/// time is lost: the next worker that asks takes the trial over, once; if that worker is lost as well, the trial is. What a lost worker reports later is refused and kept beside the trial.
/// </para>
/// <para>Safe for any number of threads. Every method is one step that happens as a whole or not at all; what it returns from is kept.</para>
/// </remarks>
public interface IStudyStore
{
    /// <summary>Creates a study, or finds it.</summary>
    /// <param name="definition">Its name, and what it fixes.</param>
    /// <returns>The definition that the store has: this one where the study is new.</returns>
    StudyDefinition OpenStudy(StudyDefinition definition);

    /// <summary>The names of all studies.</summary>
    /// <returns>In the order of names.</returns>
    IReadOnlyList<string> ListStudies();

    /// <summary>Reads trials.</summary>
    /// <param name="study">The study's name.</param>
    /// <param name="first">The number of the first trial that is wanted.</param>
    /// <returns>That one and all later ones, by number.</returns>
    IReadOnlyList<StudyTrial> ReadTrials(string study, int first = 0);

    /// <summary>Settles the points of the next trials. Those that are there already, because another worker was faster, stay as they are.</summary>
    /// <param name="study">The study's name.</param>
    /// <param name="first">The number of the first one, at most the number of trials that there are.</param>
    /// <param name="points">The points, by number.</param>
    void PlanTrials(string study, int first, IReadOnlyList<IReadOnlyList<double>> points);

    /// <summary>Claims the trial with the lowest number that waits, or whose worker, another one, is lost.</summary>
    /// <param name="study">The study's name.</param>
    /// <param name="claim">Who claims, and what.</param>
    /// <returns>The trial, now running and owned; null where there is none to be had.</returns>
    StudyTrial? ClaimTrial(string study, TrialClaim claim);

    /// <summary>Says that the worker still lives.</summary>
    /// <param name="study">The study's name.</param>
    /// <param name="number">The trial's number.</param>
    /// <param name="owner">The worker's token.</param>
    /// <param name="lease">How long the trial belongs to the worker from now on.</param>
    /// <returns>False where the trial is not the worker's any more.</returns>
    bool RenewClaim(string study, int number, string owner, TimeSpan lease);

    /// <summary>Gives a trial back as it was before the claim.</summary>
    /// <param name="study">The study's name.</param>
    /// <param name="number">The trial's number.</param>
    /// <param name="owner">The worker's token.</param>
    void ReleaseClaim(string study, int number, string owner);

    /// <summary>Reports on a trial, which ends the claim.</summary>
    /// <param name="study">The study's name.</param>
    /// <param name="number">The trial's number.</param>
    /// <param name="owner">The worker's token.</param>
    /// <param name="report">What came out.</param>
    /// <returns>False where the trial is not the worker's any more; the report is then kept as <see cref="StudyTrial.LateReport"/>.</returns>
    bool ReportTrial(string study, int number, string owner, TrialReport report);

    /// <summary>Ends waiting trials that others were better than.</summary>
    /// <param name="study">The study's name.</param>
    /// <param name="numbers">Their numbers; those that do not wait stay as they are.</param>
    void PruneTrials(string study, IReadOnlyList<int> numbers);
}
