namespace AnomalyKit;

/// <summary>A candidate, and what the criteria say of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Trainer">Its trainer.</param>
/// <param name="Values">A value per criterion, in their order.</param>
/// <param name="MeanRank">The mean of its ranks by the criteria, 1 for the candidate that a criterion prefers; a candidate without a value is last.</param>
public sealed record ComparedCandidate(string Name, IDetectorTrainer Trainer, IReadOnlyList<CriterionValue> Values, double MeanRank);
