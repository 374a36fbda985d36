using System.Diagnostics;
using AnomalyKit.Samples.CreditCard.Protocols;

namespace AnomalyKit.Samples.CreditCard.Detectors;

/// <summary>
/// The fits under one protocol with one of the two settings. Each detector is fitted once and scores the test rows once, be it for itself or as a member of ensembles, which combine
/// what is known.
/// </summary>
internal sealed class FitSession(
    DetectorCatalog catalog, ProtocolSplit split, DetectorSettings settings, SettingsContext context, int threads)
{
    private readonly Dictionary<string, FittedRun> _fitted = [];
    private readonly Dictionary<string, TestScores> _scored = [];

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
        var options = new FitOptions { MaxDegreeOfParallelism = threads, Progress = progress };
        var fit = setup.Trainer(name =>
        {
            if (_fitted.TryGetValue(name, out var ready))
                spentBefore += ready.Seconds;
            var member = Fit(catalog.Find(name), null, cancellationToken);
            return EnsembleMember.Fitted(name, member.Detector, member.TrainingScores);
        }).FitAndScore(rows, options, cancellationToken);
        double seconds = watch.Elapsed.TotalSeconds + spentBefore;
        var scores = normalOnly ? fit.Detector.Score(split.Training, new ScoreOptions { MaxDegreeOfParallelism = threads }, cancellationToken) : fit.TrainingScores;
        return _fitted[entry.Name] = new FittedRun(fit.Detector, scores, setup, rows.RowCount, seconds);
    }

    /// <summary>Scores the test rows by a detector, or gives the scores that it gave before. It is fitted first where it was not yet.</summary>
    public TestScores Score(DetectorEntry entry, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (_scored.TryGetValue(entry.Name, out var known))
            return known;
        var detector = Fit(entry, null, cancellationToken).Detector;
        // An ensemble's members are detectors of this session: what they said is combined.
        var members = detector is EnsembleDetector { Members: var fitted }
            ? fitted.Select(member => Score(catalog.Find(member.Name), null, cancellationToken)).ToArray()
            : [];
        var watch = Stopwatch.StartNew();
        float[] scores = detector is EnsembleDetector ensemble
            ? Combined(ensemble, members)
            : detector.Score(split.Test, new ScoreOptions { MaxDegreeOfParallelism = threads, Progress = progress }, cancellationToken);
        return _scored[entry.Name] = new TestScores(scores, watch.Elapsed.TotalSeconds + members.Sum(member => member.Seconds));
    }

    private float[] Combined(EnsembleDetector ensemble, TestScores[] members)
    {
        var scores = new float[split.Test.RowCount];
        var said = new float[scores.Length * members.Length];
        for (int m = 0; m < members.Length; m++)
        {
            for (int row = 0; row < scores.Length; row++)
                said[(row * members.Length) + m] = members[m].Scores[row];
        }

        ensemble.Combine(said, scores);
        return scores;
    }
}
