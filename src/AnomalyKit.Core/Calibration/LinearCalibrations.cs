using AnomalyKit.Numerics;

namespace AnomalyKit;

internal sealed record RobustZCalibration : ScoreCalibration
{
    public override string ToString() => "robust z";

    public override string? ToText() => "robust-z";

    private protected override ScoreCalibrator FitTo(float[] scores)
    {
        var (median, spread) = RobustSpread.Of(scores);
        return new LinearCalibrator(median, spread);
    }

    private protected override ScoreCalibrator FitTo(WeightedScores scores)
    {
        var (median, spread) = scores.RobustSpread();
        return new LinearCalibrator(median, spread);
    }
}

internal sealed record ZScoreCalibration : ScoreCalibration
{
    public override string ToString() => "z-score";

    public override string? ToText() => "z-score";

    private protected override ScoreCalibrator FitTo(float[] scores)
    {
        var (mean, variance) = Moments.Of(scores);
        return new LinearCalibrator(mean, Math.Sqrt(variance));
    }

    private protected override ScoreCalibrator FitTo(WeightedScores scores)
    {
        var (mean, variance) = scores.Moments();
        return new LinearCalibrator(mean, Math.Sqrt(variance));
    }
}

internal sealed record MinMaxCalibration : ScoreCalibration
{
    public override string ToString() => "min-max";

    public override string? ToText() => "min-max";

    private protected override ScoreCalibrator FitTo(float[] scores)
    {
        float least = scores.Min();
        return new LinearCalibrator(least, (double)scores.Max() - least);
    }

    private protected override ScoreCalibrator FitTo(WeightedScores scores) => new LinearCalibrator(scores.Least, (double)scores.Greatest - scores.Least);
}
