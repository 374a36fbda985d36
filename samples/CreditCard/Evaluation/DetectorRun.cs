using System.Diagnostics;
using AnomalyKit.Samples.CreditCard.Detectors;
using AnomalyKit.Samples.CreditCard.Protocols;
using AnomalyKit.Samples.CreditCard.Reporting;

namespace AnomalyKit.Samples.CreditCard.Evaluation;

/// <summary>Fits a detector, scores the test rows and measures.</summary>
internal sealed class DetectorRun(EvaluationProtocol protocol, ProtocolSplit split, int threads, IProgressView view)
{
    public ScoredRun Execute(FitSession session, DetectorEntry entry, DetectorSettings settings, CancellationToken cancellationToken)
    {
        string name = $"{protocol.Name}: {entry.Name}, {Name(settings)} settings";
        var fitted = view.Step($"{name}: fitting", progress => session.Fit(entry, new FitShare(progress), cancellationToken));
        double seconds = 0;
        float[] scores = view.Step($"{name}: scoring", progress =>
        {
            var options = new ScoreOptions { MaxDegreeOfParallelism = threads, Progress = progress };
            var watch = Stopwatch.StartNew();
            float[] result = fitted.Detector.Score(split.Test, options, cancellationToken);
            seconds = watch.Elapsed.TotalSeconds;
            return result;
        });
        return new ScoredRun(Measure(entry, settings, fitted, scores, seconds), fitted.Detector, split.Test, scores, split.Test.Labels);
    }

    private static string Name(DetectorSettings settings) => settings == DetectorSettings.Reference ? "reference" : "recommended";

    private RunResult Measure(DetectorEntry entry, DetectorSettings settings, FittedRun fitted, float[] scores, double seconds)
    {
        var labels = split.Test.Labels.Span;
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
            ScoreSeconds = seconds,
            RocAuc = DetectionMetrics.RocAuc(labels, scores),
            AveragePrecision = DetectionMetrics.AveragePrecision(labels, scores),
            BestF1 = DetectionMetrics.BestF1(labels, scores).F1,
            Threshold = fitted.Detector.Threshold,
            Confusion = ConfusionMatrix.AtThreshold(labels, scores, fitted.Detector.Threshold),
        };
    }

    private sealed class FitShare(IProgress<double> progress) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => progress.Report(value.Fraction);
    }
}
