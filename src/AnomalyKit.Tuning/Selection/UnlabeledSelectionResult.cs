using AnomalyKit.Numerics;
using AnomalyKit.Tuning;

namespace AnomalyKit;

/// <summary>What criteria without labels say of detectors. None of it is accuracy.</summary>
public sealed class UnlabeledSelectionResult
{
    private UnlabeledSelectionResult(IReadOnlyList<SelectionCriterion> criteria, IReadOnlyList<ComparedCandidate> candidates, IReadOnlyList<CriterionAgreement> agreements)
    {
        (Criteria, Candidates, Agreements) = (criteria, candidates, agreements);
    }

    /// <summary>What candidates were compared by.</summary>
    public IReadOnlyList<SelectionCriterion> Criteria { get; }

    /// <summary>The candidates, in the order in which they were passed.</summary>
    public IReadOnlyList<ComparedCandidate> Candidates { get; }

    /// <summary>How far each pair of criteria agrees; empty for a single one.</summary>
    public IReadOnlyList<CriterionAgreement> Agreements { get; }

    /// <summary>The mean of <see cref="Agreements"/>; NaN where there are none. Where it is low the criteria contradict each other, and to choose one of them is to choose the answer.</summary>
    public double MeanAgreement => Agreements.Count == 0 ? double.NaN : Agreements.Average(agreement => agreement.Tau);

    /// <summary>The candidate that a criterion prefers; of equal ones the first.</summary>
    /// <param name="criterion">The name of the criterion, for example <c>injection</c>.</param>
    /// <returns>The candidate.</returns>
    /// <exception cref="ArgumentException">There is no such criterion, or it has a value for no candidate.</exception>
    public ComparedCandidate PreferredBy(string criterion)
    {
        ArgumentNullException.ThrowIfNull(criterion);
        int index = Enumerable.Range(0, Criteria.Count).FirstOrDefault(i => Criteria[i].Name == criterion, -1);
        if (index < 0)
            throw new ArgumentException($"There is no criterion '{criterion}' in this comparison. It has: {string.Join(", ", Criteria.Select(known => known.Name))}.", nameof(criterion));
        return Candidates.Where(candidate => candidate.Values[index].Problem is null).MinBy(candidate => Cost(Criteria[index], candidate.Values[index]))
            ?? throw new ArgumentException($"No candidate has a value for '{criterion}': {Candidates[0].Values[index].Problem}", nameof(criterion));
    }

    internal static UnlabeledSelectionResult Of(UnlabeledSelection selection, IReadOnlyList<CriterionValue[]> values)
    {
        double[][] costs = [.. values.Select((row, criterion) => row.Select(value => Cost(selection.Criteria[criterion], value)).ToArray())];
        double[][] ranks = [.. costs.Select(row => MidRanks.Of<double>(row))];
        var candidates = selection.Candidates.Select((candidate, i) => new ComparedCandidate(
            candidate.Name, candidate.Trainer, [.. values.Select(row => row[i])], ranks.Average(row => row[i])));
        var agreements =
            from one in Enumerable.Range(0, costs.Length)
            from other in Enumerable.Range(one + 1, costs.Length - one - 1)
            select new CriterionAgreement(selection.Criteria[one].Name, selection.Criteria[other].Name, RankCorrelation.Kendall(costs[one], costs[other]));
        return new UnlabeledSelectionResult(selection.Criteria, [.. candidates], [.. agreements]);
    }

    private static double Cost(SelectionCriterion criterion, CriterionValue value) =>
        double.IsNaN(value.Value) ? double.PositiveInfinity : criterion.Direction == SearchDirection.Maximize ? -value.Value : value.Value;
}
