namespace AnomalyKit.Tuning.Tests.Studies;

/// <summary>A store that passes everything on, and does something before reports, releases and renewals.</summary>
internal sealed class StoreAround(IStudyStore inner) : IStudyStore
{
    public Action<int> BeforeReport { get; set; } = _ => { };

    public Action<int> BeforeRelease { get; set; } = _ => { };

    public Action<int> BeforeRenewal { get; set; } = _ => { };

    public StudyDefinition OpenStudy(StudyDefinition definition) => inner.OpenStudy(definition);

    public IReadOnlyList<string> ListStudies() => inner.ListStudies();

    public IReadOnlyList<StudyTrial> ReadTrials(string study, int first = 0) => inner.ReadTrials(study, first);

    public void PlanTrials(string study, int first, IReadOnlyList<IReadOnlyList<double>> points) => inner.PlanTrials(study, first, points);

    public StudyTrial? ClaimTrial(string study, TrialClaim claim) => inner.ClaimTrial(study, claim);

    public bool RenewClaim(string study, int number, string owner, TimeSpan lease)
    {
        BeforeRenewal(number);
        return inner.RenewClaim(study, number, owner, lease);
    }

    public void ReleaseClaim(string study, int number, string owner)
    {
        BeforeRelease(number);
        inner.ReleaseClaim(study, number, owner);
    }

    public bool ReportTrial(string study, int number, string owner, TrialReport report)
    {
        BeforeReport(number);
        return inner.ReportTrial(study, number, owner, report);
    }

    public void PruneTrials(string study, IReadOnlyList<int> numbers) => inner.PruneTrials(study, numbers);
}
