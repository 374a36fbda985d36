namespace AnomalyKit.ML.Tests.Support;

/// <summary>Every detector that the package names, by the method that does.</summary>
internal static class NamedTrainers
{
    private static readonly Dictionary<string, (IDetectorTrainer Own, Func<MLContext, IDetectorTrainer, DetectorEstimator> Named)> All = new()
    {
        ["IsolationForest"] = (new IsolationForestTrainer { TreeCount = 20, Seed = 2, Calibration = ScoreCalibration.Rank() }, (context, own) => context.AnomalyDetection.Trainers.IsolationForest((IsolationForestTrainer)own)),
        ["OneClassSvm"] = (new OneClassSvmTrainer { Calibration = ScoreCalibration.Gamma() }, (context, own) => context.AnomalyDetection.Trainers.OneClassSvm((OneClassSvmTrainer)own)),
        ["LocalOutlierFactor"] = (new LocalOutlierFactorTrainer(), (context, own) => context.AnomalyDetection.Trainers.LocalOutlierFactor((LocalOutlierFactorTrainer)own)),
        ["NearestNeighbors"] = (new NearestNeighborsTrainer { Scaling = FeatureScaling.Robust }, (context, own) => context.AnomalyDetection.Trainers.NearestNeighbors((NearestNeighborsTrainer)own)),
        ["EllipticEnvelope"] = (new EllipticEnvelopeTrainer { Calibration = ScoreCalibration.RobustZ }, (context, own) => context.AnomalyDetection.Trainers.EllipticEnvelope((EllipticEnvelopeTrainer)own)),
        ["Autoencoder"] = (new AutoencoderTrainer { MaxEpochs = 2, Seed = 5 }, (context, own) => context.AnomalyDetection.Trainers.Autoencoder((AutoencoderTrainer)own)),
        ["Ensemble"] = (
            new EnsembleTrainer { Members = [new("forest", new IsolationForestTrainer { TreeCount = 10 }), new("envelope", new EllipticEnvelopeTrainer())] },
            (context, own) => context.AnomalyDetection.Trainers.Ensemble((EnsembleTrainer)own)),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static IDetectorTrainer Own(string name) => All[name].Own;

    public static DetectorEstimator Estimator(MLContext context, string name) => All[name].Named(context, All[name].Own);
}
