namespace AnomalyKit.Ensemble;

/// <summary>Fits the tail of a member's training scores, without those that may be of anomalies.</summary>
/// <remarks>
/// <para>
/// A generalised Pareto distribution beyond the 0.8 quantile (J. Pickands, Annals of Statistics 3, 1975), by maximum likelihood. Of the highest 3 % it is only known that they lie beyond the 0.97
/// quantile: how far beyond, anomalies would decide. So what the rows in between predict can be compared with what is there.
/// </para>
/// <para>
/// The shape is drawn to 1/2 with the weight of ten rows, as by A. Vehtari, D. Simpson, A. Gelman, Y. Yao, J. Gabry, <i>Pareto Smoothed Importance Sampling</i>, JMLR 25, 2024: few rows are no reason to
/// call anything improbable. It is never below 0, so no score is impossible.
/// </para>
/// </remarks>
internal static class TailFit
{
    private const double From = 0.8;
    private const double To = 0.97;
    private const double LeastRows = 5;
    private const int MostPoints = 1000;
    private const double PriorRows = 10;
    private const double PriorShape = 0.5;

    /// <param name="scores">A member's own scores of the training rows.</param>
    /// <param name="calibrator">What brings them to the common scale.</param>
    /// <param name="rowWeights">How often each counts; empty where once.</param>
    /// <returns>The tail; none where too few scores differ.</returns>
    public static MemberTail? Fit(float[] scores, ScoreCalibrator? calibrator, ReadOnlySpan<double> rowWeights)
    {
        var units = TailUnits.Of(calibrator);
        var sorted = SortedValues.Of(scores, rowWeights);
        double Value(double score) => units.Of(calibrator?.Calibrate(score) ?? score);
        float low = sorted.Quantile(From);
        float high = sorted.Quantile(To);
        double bound = Value(low);
        double end = Value(high) - bound;
        double beyond = sorted.WeightAbove(low);
        double censored = sorted.WeightAbove(high);
        double known = beyond - censored;
        if (!(end > 0) || !(known >= LeastRows) || !double.IsFinite(end))
            return null;

        var points = sorted.Between(low, high, MostPoints);
        double[] excesses = Array.ConvertAll(points.Values, score => Value(score) - bound);
        var sample = new CensoredExcesses(excesses, points.Weights, end, known, censored);
        double shape = ((known * sample.LikeliestShape()) + (PriorRows * PriorShape)) / (known + PriorRows);
        return new MemberTail(units, bound, beyond / (sorted.Total + 1), shape, sample.LikeliestSpread(shape));
    }
}
