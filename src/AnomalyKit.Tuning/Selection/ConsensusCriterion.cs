using AnomalyKit.Numerics;
using AnomalyKit.Tuning;

namespace AnomalyKit;

/// <summary>How much a candidate ranks like all others.</summary>
internal sealed class ConsensusCriterion() : SelectionCriterion("consensus", SearchDirection.Maximize)
{
    internal override CriterionValue[] Measure(SelectionRows rows, IReadOnlyList<IDetectorTrainer> candidates)
    {
        var ranks = new double[candidates.Count][];
        var fitted = rows.ForEach(candidates, (trainer, i) =>
        {
            ranks[i] = MidRanks.Of<float>(rows.FitAndScore(trainer, rows.Training, rows.HeldOut));
            return 0;
        });
        return [.. fitted.Select((value, i) => value.Problem is not null ? value : new CriterionValue(WithOthers(ranks, i)))];
    }

    private static double WithOthers(double[]?[] ranks, int candidate)
    {
        double[][] others = [.. ranks.Where((other, i) => i != candidate && other is not null).Select(other => other!)];
        if (others.Length == 0)
            return double.NaN;
        double[] sums = [.. Enumerable.Range(0, others[0].Length).Select(row => others.Sum(other => other[row]))];
        return RankCorrelation.Spearman(ranks[candidate], MidRanks.Of<double>(sums));
    }
}
