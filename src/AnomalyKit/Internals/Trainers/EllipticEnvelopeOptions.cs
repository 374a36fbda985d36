namespace AnomalyKit.Trainers;

internal static class EllipticEnvelopeOptions
{
    public static OptionTable<EllipticEnvelopeTrainer> Table { get; } = new OptionTable<EllipticEnvelopeTrainer>("elliptic-envelope", new())
        .With("SupportFraction", "The fraction of the rows that location and covariance are made of; null to let the data decide.", ValueText.Double("from 0.5 to 1").OrNull(), t => t.SupportFraction, (t, v) => t with { SupportFraction = v })
        .With("RandomStarts", "Random starts besides the deterministic ones; null for at most 500, by the size of the data.", ValueText.Int32("from 0 to 1,000,000").OrNull(), t => t.RandomStarts, (t, v) => t with { RandomStarts = v })
        .With("MaxSteps", "The most concentration steps of a start.", ValueText.Int32("from 1 to 100,000"), t => t.MaxSteps, (t, v) => t with { MaxSteps = v })
        .With("Reweighted", "Whether to estimate again from all rows within the 97.5 % quantile of χ² of the first estimate.", ValueText.Boolean, t => t.Reweighted, (t, v) => t with { Reweighted = v })
        .WithFrame<EllipticEnvelopeTrainer, EllipticEnvelopeDetector>()
        .With("Seed", "The seed of the random starts.", ValueText.Seed, t => t.Seed, (t, v) => t with { Seed = v });
}
