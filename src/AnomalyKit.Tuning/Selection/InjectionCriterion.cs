namespace AnomalyKit;

/// <summary>How well synthetic rows are ranked.</summary>
internal sealed class InjectionCriterion(InjectedAnomalies[] kinds) : SelectionCriterion("injection", SearchDirection.Maximize)
{
    // As many injected rows for one that was there; at least so many.
    private const double InjectedFraction = 0.05;
    private const int MinInjected = 10;

    internal override CriterionValue[] Measure(SelectionRows rows, IReadOnlyList<IDetectorTrainer> candidates)
    {
        var injector = new RowInjector(rows.Training, rows.Seed);
        var sets = kinds.Select(kind => (With(rows.Training, kind, 0), With(rows.HeldOut, kind, 1))).ToArray();
        return rows.ForEach(candidates, trainer => sets.Average(set =>
        {
            var (training, scored) = set;
            return DetectionMetrics.AveragePrecision(scored.Labels.Span, rows.FitAndScore(trainer, training, scored));
        }));

        FeatureMatrix With(FeatureMatrix data, InjectedAnomalies kind, ulong stream) =>
            InjectedMatrix.Of(data, injector.Make(kind, Math.Max(MinInjected, (int)(InjectedFraction * data.RowCount)), stream));
    }
}
