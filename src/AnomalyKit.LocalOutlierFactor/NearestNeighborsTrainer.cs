using AnomalyKit.LocalOutlierFactor;

namespace AnomalyKit;

/// <summary>Fits the k-nearest-neighbors detector: rows that are far from their neighbors are anomalies.</summary>
/// <remarks>
/// <para>
/// S. Ramaswamy, R. Rastogi, K. Shim, <i>Efficient Algorithms for Mining Outliers from Large Data Sets</i>, SIGMOD 2000; F. Angiulli, C. Pizzuti, <i>Fast Outlier
/// Detection in High Dimensional Spaces</i>, PKDD 2002.
/// </para>
/// <para>
/// Distances add the columns up, so their scales matter: rows are used as they come unless <see cref="DetectorTrainer{TDetector}.Scaling"/> says otherwise.
/// Standardize, or whiten robustly where columns are correlated.
/// </para>
/// <para>
/// To flag the training rows, call <c>FitAndScore</c>: <c>IsAnomaly(trainingData)</c> treats them as new rows, each of which finds itself among its neighbors.
/// </para>
/// </remarks>
/// <inheritdoc/>
public sealed record NearestNeighborsTrainer : NeighborTrainer<NearestNeighborsDetector>
{
    /// <summary>Which distance is the score.</summary>
    /// <value>The mean by default.</value>
    public NeighborDistance Distance
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Distance), value, "Distance must be Mean, Largest or Median.");
    }

    private protected override int DefaultNeighbors(int referenceRows) => NeighborDefaults.ForDistance(referenceRows);

    /// <inheritdoc/>
    protected override ModelFit FitDetector(TrainingSet training, FitContext context)
    {
        var rows = training.Transformed(context.Part(0, 0.05));
        var options = Options(rows);
        var fit = NeighborFit<DistanceScore>.Run(
            rows,
            options,
            training.ScoresAreWanted,
            (set, _, _) => new DistanceScore(set.Copies, Distance, options.Neighbors),
            (score, neighbors, point) => score.OfPoint(point, neighbors),
            (set, score, cells, sums) => set.AddScores(cells, options.Neighbors, score, sums),
            context.Part(0.05, 1));
        var model = new NearestNeighborsModel(options.Neighbors, Metric, Distance, fit.Sets, fit.TrainingScores);
        return new ModelFit(new FittedNearestNeighbors(training.Transform, model), training.ScoresAreWanted ? model.TrainingScores : null);
    }
}
