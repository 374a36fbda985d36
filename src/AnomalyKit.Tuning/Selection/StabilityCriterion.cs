using System.Globalization;
using AnomalyKit.Numerics;
using AnomalyKit.Tuning;

namespace AnomalyKit;

/// <summary>How little the ranking depends on the seed, and on which rows were there.</summary>
internal sealed class StabilityCriterion(int fits) : SelectionCriterion("stability", SearchDirection.Maximize)
{
    private const string SeedOption = "Seed";

    internal override CriterionValue[] Measure(SelectionRows rows, IReadOnlyList<IDetectorTrainer> candidates)
    {
        FeatureMatrix[] parts = [.. Enumerable.Range(0, fits).Select(fit => Part(rows, (ulong)fit))];
        return rows.ForEach(candidates, trainer =>
        {
            double[][] ranks = [.. parts.Select((part, fit) => MidRanks.Of<float>(rows.FitAndScore(Reseeded(trainer, (ulong)fit), part, rows.HeldOut)))];
            var correlations =
                from one in Enumerable.Range(0, fits)
                from other in Enumerable.Range(0, one)
                select RankCorrelation.Spearman(ranks[one], ranks[other]);
            return correlations.Average();
        });
    }

    private static FeatureMatrix Part(SelectionRows rows, ulong fit)
    {
        int[] order = Shuffle.Of<int>([.. Enumerable.Range(0, rows.Training.RowCount)], rows.Seed, fit + 1);
        return rows.Training.SelectRows(order.AsSpan(..(2 * order.Length / 3)));
    }

    /// <summary>The trainer with other seeds; members whose seeds differ go on doing so. Trainers of other people keep theirs.</summary>
    private static IDetectorTrainer Reseeded(IDetectorTrainer trainer, ulong fit)
    {
        foreach (var option in TrainerOptions.Read(trainer))
        {
            if ((option.Name == SeedOption || option.Name.EndsWith("." + SeedOption, StringComparison.Ordinal)) && ulong.TryParse(option.Value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
                trainer = TrainerOptions.With(trainer, option.Name, unchecked(seed + (fit << 48)).ToString(CultureInfo.InvariantCulture));
        }

        return trainer;
    }
}
