using AnomalyKit.ContractTests;
using AnomalyKit.Persistence;

namespace AnomalyKit.Feedback.Tests;

/// <summary>Detectors that have learned from answers about the highest and the middle scores, on bases of different kinds.</summary>
public sealed class LearnedDetectors : IDetectorList
{
    public IReadOnlyList<DetectorRegistration> Detectors { get; } =
    [
        Learned("on a forest", (seed, scaling, threshold) => new IsolationForestTrainer { TreeCount = 40, Seed = seed, Scaling = scaling, Threshold = threshold }),
        Learned("on neighbors", (seed, scaling, threshold) => new NearestNeighborsTrainer { SampleSize = 150, Seed = seed, Scaling = scaling, Threshold = threshold }),
        Learned("on an ensemble", (seed, scaling, threshold) => Ensemble(ScoreCombiner.Mean, seed, scaling, threshold)),
        Learned("on a trimmed ensemble", (seed, scaling, threshold) => Ensemble(ScoreCombiner.TrimmedMean(0.25), seed, scaling, threshold)),
        Learned("on votes", (seed, scaling, threshold) => Ensemble(ScoreCombiner.Votes, seed, scaling, threshold)),
    ];

    public ModelCatalog Catalog => FeedbackFile.Catalog;

    private static DetectorRegistration Learned(string name, TrainerFactory trainer) =>
        new(name, (seed, scaling, threshold) => new LearnedTrainer(trainer(seed, scaling, threshold))) { NewSlowTrainer = () => trainer(1, FeatureScaling.None, ThresholdRule.Fixed(0.5)) };

    private static EnsembleTrainer Ensemble(ScoreCombiner combiner, ulong seed, FeatureScaling scaling, ThresholdRule threshold) => new()
    {
        Members =
        [
            new("forest", new IsolationForestTrainer { TreeCount = 20, Seed = seed }),
            new("envelope", new EllipticEnvelopeTrainer { Seed = seed, RandomStarts = 20 }),
            new("neighbors", new NearestNeighborsTrainer { Scaling = FeatureScaling.Standard, SampleSize = 150, Seed = seed }),
        ],
        Combiner = combiner,
        Scaling = scaling,
        Threshold = threshold,
    };

    private sealed class LearnedTrainer(IDetectorTrainer trainer) : IDetectorTrainer
    {
        public IAnomalyDetector Fit(FeatureMatrix data, FitOptions? options = null, CancellationToken cancellationToken = default)
        {
            var detector = trainer.Fit(data, options, cancellationToken);
            float[] scores = detector.Score(data, cancellationToken: cancellationToken);
            int[] order = [.. Enumerable.Range(0, scores.Length).OrderByDescending(row => scores[row])];
            var session = FeedbackSession.Start(detector, data, options: new FeedbackOptions { CandidateCount = 200 }, cancellationToken: cancellationToken);
            var answers = new Dictionary<int, FeedbackLabel>();
            for (int i = 0; i < Math.Min(4, order.Length); i++)
            {
                answers[order[order.Length / 2 / (i + 1)]] = FeedbackLabel.Normal;
                answers[order[i]] = FeedbackLabel.Anomaly;
            }

            foreach (var (row, label) in answers)
                session.Answer(row.ToString(System.Globalization.CultureInfo.InvariantCulture), label);
            return Assert.IsType<FeedbackDetector>(session.ToDetector(cancellationToken: cancellationToken));
        }
    }
}

public sealed class AttributingLearned : AttributionContract<LearnedDetectors>;
