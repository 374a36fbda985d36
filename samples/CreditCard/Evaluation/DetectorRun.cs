using AnomalyKit.Samples.CreditCard.Detectors;
using AnomalyKit.Samples.CreditCard.Protocols;
using AnomalyKit.Samples.CreditCard.Reporting;

namespace AnomalyKit.Samples.CreditCard.Evaluation;

/// <summary>Fits a detector, scores the test rows and measures.</summary>
internal sealed class DetectorRun(EvaluationProtocol protocol, ProtocolSplit split, IProgressView view)
{
    public ScoredRun Execute(FitSession session, DetectorEntry entry, DetectorSettings settings, CancellationToken cancellationToken)
    {
        string name = $"{protocol.Name}: {entry.Name}, {Name(settings)} settings";
        return view.Step(name, progress =>
        {
            var fitted = session.Fit(entry, new FitShare(progress), cancellationToken);
            var scored = session.Score(entry, new ScoreShare(progress), cancellationToken);
            return new ScoredRun(Measure(entry, settings, fitted, scored), fitted.Detector, split.Test, scored.Scores, split.Test.Labels);
        });
    }

    private static string Name(DetectorSettings settings) => settings == DetectorSettings.Reference ? "reference" : "recommended";

    private RunResult Measure(DetectorEntry entry, DetectorSettings settings, FittedRun fitted, TestScores scored)
    {
        var labels = split.Test.Labels.Span;
        float[] scores = scored.Scores;
        return new RunResult
        {
            Protocol = protocol.Name,
            Detector = entry.Name,
            Settings = Name(settings),
            SettingsText = fitted.Setup.Description,
            UsesKnownFraudRate = fitted.Setup.UsesKnownFraudRate,
            TrainRows = fitted.TrainRows,
            TestRows = split.Test.RowCount,
            FitSeconds = fitted.Seconds,
            ScoreSeconds = scored.Seconds,
            RocAuc = DetectionMetrics.RocAuc(labels, scores),
            AveragePrecision = DetectionMetrics.AveragePrecision(labels, scores),
            BestF1 = DetectionMetrics.BestF1(labels, scores).F1,
            Threshold = fitted.Detector.Threshold,
            Confusion = ConfusionMatrix.AtThreshold(labels, scores, fitted.Detector.Threshold),
        };
    }

    /// <summary>What a fit adds to the progress of the whole, of which scoring is the rest.</summary>
    private sealed class FitShare(IProgress<double> progress) : IProgress<FitProgress>
    {
        public const double Share = 0.8;

        public void Report(FitProgress value) => progress.Report(Share * value.Fraction);
    }

    private sealed class ScoreShare(IProgress<double> progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(FitShare.Share + ((1 - FitShare.Share) * value));
    }
}
