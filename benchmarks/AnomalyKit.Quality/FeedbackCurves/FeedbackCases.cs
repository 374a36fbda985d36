using AnomalyKit.Samples.CreditCard.Protocols;

namespace AnomalyKit.Quality;

/// <summary>The rows that may be asked about and those that measure, with the base detector: by set and seed, or by protocol of the credit-card set and seed.</summary>
internal static class FeedbackCases
{
    private const int HeldOutRows = 50_000;
    private const double KnownFraction = 492.0 / 284_807;

    /// <summary>A split of a set; the trainers are fitted on the rows that may be asked about.</summary>
    public static Func<IDetectorTrainer, FeedbackCase>? OfSet(FeatureMatrix data, int seed, CancellationToken cancellationToken)
    {
        if (QualitySplit.Draw(data.Labels.Span, seed) is not { } split)
            return null;
        var train = data.SelectRows(split.Train);
        return trainer => new FeedbackCase(trainer.Fit(train, cancellationToken: cancellationToken), train, data.SelectRows(split.Test), (ulong)seed, cancellationToken);
    }

    /// <summary>A protocol of the credit-card set.</summary>
    public static Func<IDetectorTrainer, FeedbackCase> OfProtocol(FeatureMatrix data, string protocol, int seed, CancellationToken cancellationToken)
    {
        int count = data.RowCount;
        var (asked, measured) = protocol switch
        {
            "reference" => Held(NumPyLegacyPermutation.Create(42, count)[..HeldOutRows], count),
            "temporal" => (Enumerable.Range(0, count / 2).ToArray(), Enumerable.Range(count / 2, count - (count / 2)).ToArray()),
            // Fitted on all rows without labels; one half may be asked about, the other measures.
            _ => Held(NumPyLegacyPermutation.Create((uint)seed, count)[..(count / 2)], count),
        };
        var fitted = protocol == "all-rows" ? data : data.SelectRows(asked);
        return trainer => new FeedbackCase(
            trainer.Fit(fitted, cancellationToken: cancellationToken), data.SelectRows(asked), data.SelectRows(measured), (ulong)seed, cancellationToken);
    }

    /// <summary>The recommended ensemble with its threshold at the fraction of frauds that is known of this set.</summary>
    public static EnsembleTrainer CreditCardEnsemble(int seed) => RecommendedEnsemble.Create((ulong)seed) with { Threshold = ThresholdRule.Contamination(KnownFraction) };

    private static (int[] Asked, int[] Measured) Held(int[] measured, int count)
    {
        var isHeld = new bool[count];
        foreach (int row in measured)
            isHeld[row] = true;
        return ([.. Enumerable.Range(0, count).Where(row => !isHeld[row])], measured);
    }
}
