namespace AnomalyKit.Quality;

/// <summary>What a detector reached on a data set: means over the seeds.</summary>
/// <param name="RocAuc">Area under the ROC curve.</param>
/// <param name="AveragePrecision">Average precision.</param>
/// <param name="FitSeconds">Wall-clock time of fitting.</param>
/// <param name="ScoreSeconds">Wall-clock time of scoring the test rows.</param>
/// <param name="Seeds">How many seeds, 1 to this; 0 where a file does not say.</param>
internal sealed record QualityFigures(double RocAuc, double AveragePrecision, double FitSeconds, double ScoreSeconds, int Seeds)
{
    /// <summary>The mean of several.</summary>
    public static QualityFigures Mean(IReadOnlyCollection<QualityFigures> all) => new(
        all.Average(figures => figures.RocAuc),
        all.Average(figures => figures.AveragePrecision),
        all.Average(figures => figures.FitSeconds),
        all.Average(figures => figures.ScoreSeconds),
        all.Sum(figures => figures.Seeds));
}
