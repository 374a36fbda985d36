using System.Diagnostics;
using AnomalyKit.Samples.CreditCard.Protocols;

namespace AnomalyKit.Samples.CreditCard.Detectors;

/// <summary>The fits under one protocol with one of the two settings: each detector is fitted once, be it for itself or as a member of an ensemble.</summary>
internal sealed class FitSession(
    DetectorCatalog catalog, ProtocolSplit split, DetectorSettings settings, SettingsContext context, int threads)
{
    private readonly Dictionary<string, FittedRun> _fitted = [];

    /// <summary>Fits a detector, or gives the one fitted before.</summary>
    public FittedRun Fit(DetectorEntry entry, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        if (_fitted.TryGetValue(entry.Name, out var known))
            return known;
        var setup = entry.Setup(settings, context);
        bool normalOnly = setup.Rows == TrainingRows.NormalWhereAllowed && split.MayTrainOnNormalRows;
        var rows = normalOnly ? split.NormalTraining : split.Training;
        double spentBefore = 0;
        var watch = Stopwatch.StartNew();
        var detector = setup.Fit(new FitRequest(
            rows,
            new FitOptions { MaxDegreeOfParallelism = threads, Progress = progress },
            name =>
            {
                var member = catalog.Find(name);
                if (_fitted.TryGetValue(name, out var ready))
                    spentBefore += ready.Seconds;
                return Fit(member, null, cancellationToken).Detector;
            },
            cancellationToken));
        return _fitted[entry.Name] = new FittedRun(detector, setup, rows.RowCount, watch.Elapsed.TotalSeconds + spentBefore);
    }
}
