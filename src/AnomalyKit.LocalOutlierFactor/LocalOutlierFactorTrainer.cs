using AnomalyKit.LocalOutlierFactor;

namespace AnomalyKit;

/// <summary>Fits the local outlier factor: rows whose neighborhood is sparser than those of their neighbors are anomalies.</summary>
/// <remarks>
/// <para>M. M. Breunig, H.-P. Kriegel, R. T. Ng, J. Sander, <i>LOF: Identifying Density-Based Local Outliers</i>, SIGMOD 2000.</para>
/// <para>
/// Distances add the columns up, so their scales matter: rows are used as they come unless <see cref="DetectorTrainer{TDetector}.Scaling"/> says otherwise.
/// Standardize, or whiten robustly where columns are correlated.
/// </para>
/// <para>
/// To flag the training rows, call <c>FitAndScore</c>: <c>IsAnomaly(trainingData)</c> treats them as new rows, each of which finds itself among its neighbors.
/// </para>
/// </remarks>
/// <inheritdoc/>
public sealed record LocalOutlierFactorTrainer : NeighborTrainer<LocalOutlierFactorDetector>
{
    private protected override int DefaultNeighbors(int referenceRows) => NeighborDefaults.ForDensity(referenceRows);

    /// <inheritdoc/>
    protected override ModelFit FitDetector(TrainingSet training, FitContext context)
    {
        var rows = training.Transformed(context.Part(0, 0.05));
        var options = Options(rows);
        int k = options.Neighbors;
        var fit = NeighborFit<LocalDensities>.Run(
            rows,
            options,
            training.ScoresAreWanted,
            (set, neighbors, part) => LocalDensities.Of(set.Copies, neighbors, k, part),
            (densities, neighbors, point) => densities.ScoreOf(point, neighbors, k),
            (set, densities, cells, sums) => set.AddScores(cells, k, new DensityScore(densities, k), sums),
            context.Part(0.05, 1));
        var model = new LocalOutlierFactorModel(k, Metric, fit.Sets, fit.Fits, fit.TrainingScores);
        return new ModelFit(new FittedLocalOutlierFactor(training.Transform, model), training.ScoresAreWanted ? model.TrainingScores : null);
    }
}
