namespace AnomalyKit.Quality;

/// <summary>Fits equal trainers once: ensembles that share members share their fits of the same rows.</summary>
internal sealed class FitOnce
{
    private readonly Dictionary<IDetectorTrainer, FitResult<IAnomalyDetector>> _fits = [];

    /// <summary>The same ensemble, of members that are fitted once.</summary>
    public EnsembleTrainer Of(EnsembleTrainer ensemble) => ensemble with
    {
        Members = [.. ensemble.Members.Select(member => new EnsembleMember(member.Name, new Trainer(this, member.Trainer)) { Weight = member.Weight })],
        MaxConcurrentMembers = 1,
    };

    private FitResult<IAnomalyDetector> Fit(IDetectorTrainer trainer, CheckedRows rows, FitOptions? options, CancellationToken cancellationToken)
    {
        if (!_fits.TryGetValue(trainer, out var fit))
            _fits[trainer] = fit = trainer.FitAndScore(rows, options, cancellationToken);
        return fit;
    }

    private sealed class Trainer(FitOnce once, IDetectorTrainer trainer) : IDetectorTrainer
    {
        public IAnomalyDetector Fit(FeatureMatrix data, FitOptions? options = null, CancellationToken cancellationToken = default) =>
            FitAndScore(CheckedRows.Check(data, new FitContext()), options, cancellationToken).Detector;

        public FitResult<IAnomalyDetector> FitAndScore(CheckedRows rows, FitOptions? options = null, CancellationToken cancellationToken = default) =>
            once.Fit(trainer, rows, options, cancellationToken);
    }
}
