namespace AnomalyKit;

/// <summary>How far a study has come.</summary>
/// <param name="EndedCount">The trials that have ended, whoever ran them.</param>
/// <param name="TrialCount">The trials that it has at the end.</param>
/// <param name="Latest">The trial that has just ended.</param>
/// <param name="Best">The best finished trial so far; null where none has finished.</param>
public sealed record StudyProgress(int EndedCount, int TrialCount, Trial Latest, Trial? Best);
