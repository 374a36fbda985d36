using AnomalyKit.Onnx.Tests.Support;

namespace AnomalyKit.Onnx.Tests.Detectors;

/// <summary>Every detector, with its options in turn, scores in ONNX Runtime as it does here.</summary>
public sealed class DetectorParityTests
{
    [Theory]
    [InlineData("isolation-forest")]
    [InlineData("isolation-forest", "Scaling=standard", "TreeCount=37", "SampleSize=64")]
    [InlineData("isolation-forest", "Scaling=robust", "Threshold=quantile:0.95", "Calibration=conformal:0.25,1")]
    [InlineData("isolation-forest", "Scaling=min-max", "SampleSize=400", "Calibration=rank")]
    [InlineData("isolation-forest", "Scaling=robust-whitening", "TreeCount=20", "Calibration=z-score")]
    [InlineData("isolation-forest", "TreeCount=1", "Threshold=fixed:0.5", "Calibration=gaussian")]
    [InlineData("isolation-forest", "SampleSize=2", "Calibration=gamma:surprisal")]
    [InlineData("elliptic-envelope")]
    [InlineData("elliptic-envelope", "Scaling=standard", "Calibration=rank:surprisal")]
    [InlineData("elliptic-envelope", "Scaling=robust-whitening", "Reweighted=true", "Calibration=gamma")]
    [InlineData("elliptic-envelope", "SupportFraction=0.5", "Calibration=log-z-score")]
    [InlineData("one-class-svm")]
    [InlineData("one-class-svm", "Scaling=standard", "Kernel=linear", "Calibration=gaussian:surprisal")]
    [InlineData("one-class-svm", "Scaling=standard", "Kernel=polynomial", "Calibration=rank")]
    [InlineData("one-class-svm", "Scaling=min-max", "Kernel=sigmoid", "Nu=0.3")]
    [InlineData("one-class-svm", "Scaling=none", "Nu=0.001", "Calibration=conformal")]
    [InlineData("one-class-svm", "Scaling=robust", "Approximation=nystroem:40,3")]
    [InlineData("one-class-svm", "Scaling=robust-whitening", "Kernel=polynomial")]
    [InlineData("nearest-neighbors")]
    [InlineData("nearest-neighbors", "Distance=largest", "Metric=manhattan", "Scaling=none", "Neighbors=7")]
    [InlineData("nearest-neighbors", "Distance=median", "Metric=chebyshev", "Scaling=standard", "Neighbors=8", "Calibration=rank")]
    [InlineData("nearest-neighbors", "SampleSize=100", "SubsetCount=3", "Scaling=robust-whitening", "Neighbors=1")]
    [InlineData("nearest-neighbors", "Neighbors=399", "Distance=median")]
    [InlineData("local-outlier-factor")]
    [InlineData("local-outlier-factor", "Metric=manhattan", "Scaling=none", "Neighbors=5", "Calibration=gaussian")]
    [InlineData("local-outlier-factor", "Metric=chebyshev", "Scaling=min-max", "Neighbors=30")]
    [InlineData("local-outlier-factor", "SampleSize=80", "SubsetCount=4", "Scaling=robust-whitening", "Calibration=conformal")]
    [InlineData("autoencoder", "MaxEpochs=3")]
    [InlineData("autoencoder", "MaxEpochs=3", "Activation=Tanh", "Measure=MeanSquare", "Scaling=standard", "Calibration=rank")]
    [InlineData("autoencoder", "MaxEpochs=3", "Activation=Elu", "Scaling=min-max", "HiddenWidths=5-2-5")]
    [InlineData("autoencoder", "MaxEpochs=3", "Activation=Silu", "Scaling=robust-whitening")]
    [InlineData("autoencoder", "MaxEpochs=3", "Activation=LeakyRelu", "OutputActivation=Sigmoid", "Scaling=min-max")]
    [InlineData("autoencoder", "MaxEpochs=3", "Activation=Sigmoid", "OutputActivation=Tanh", "Calibration=log-z-score")]
    [InlineData("autoencoder", "MaxEpochs=3", "Activation=Linear", "MaxInputMagnitude=1")]
    [InlineData("recommended")]
    public void A_detector_scores_in_the_runtime_as_it_does_here(string name, params string[] settings)
    {
        var detector = TrainerOptions.With(DetectorTrainers.Create(name, seed: 5), settings).Fit(SampleRows.Training);
        Parity.Check(detector, SampleRows.Mixed(), new OnnxOptions { IncludeCalibratedScore = detector.Calibrator is not null });
    }
}
