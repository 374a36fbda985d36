namespace AnomalyKit;

/// <summary>How far two criteria order the candidates alike.</summary>
/// <param name="Criterion">The name of one.</param>
/// <param name="Other">The name of the other.</param>
/// <param name="Tau">Kendall's τ-b: 1 for the same order, −1 for the reverse, about 0 for criteria that have nothing to do with each other.</param>
public readonly record struct CriterionAgreement(string Criterion, string Other, double Tau);
