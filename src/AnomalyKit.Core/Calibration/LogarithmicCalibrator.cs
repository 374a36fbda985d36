using AnomalyKit.Numerics;
using AnomalyKit.Persistence;

namespace AnomalyKit;

internal sealed record LogarithmicCalibration : ScoreCalibration
{
    public override string ToString() => "logarithmic z-score";

    public override string? ToText() => "log-z-score";

    private protected override ScoreCalibrator FitTo(float[] scores)
    {
        double least = scores.Min();
        double offset = OrderStatistics.Quantile(scores, 0.5) - least;
        if (!(offset > 0))
        {
            // More than half of the scores are the least one: the mean takes the median's place, and where all are equal any unit will do.
            var (mean, _) = Moments.Of(scores);
            offset = mean > least ? mean - least : 1;
        }

        double sum = 0;
        double squares = 0;
        foreach (float score in scores)
        {
            double logarithm = Math.Log((score - least) + offset);
            sum += logarithm;
            squares += logarithm * logarithm;
        }

        return Of(least, offset, sum, squares, scores.Length);
    }

    private protected override ScoreCalibrator FitTo(WeightedScores scores)
    {
        double least = scores.Least;
        double offset = scores.Quantile(0.5) - least;
        if (!(offset > 0))
        {
            var (mean, _) = scores.Moments();
            offset = mean > least ? mean - least : 1;
        }

        // From the logarithm of the least score: where all are equal nothing is left to be rounded.
        double from = Math.Log(offset);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < scores.Values.Length; i++)
        {
            double logarithm = Math.Log((scores.Values[i] - least) + offset) - from;
            sum += scores.Weight(i) * logarithm;
            squares += scores.Weight(i) * logarithm * logarithm;
        }

        return Of(least, offset, sum, squares, scores.Total, from);
    }

    private static LogarithmicCalibrator Of(double least, double offset, double sum, double squares, double count, double from = 0)
    {
        double center = sum / count;
        double variance = Math.Max(0, (squares / count) - (center * center));
        return new LogarithmicCalibrator(least, offset, from + center, variance > 1e-20 ? Math.Sqrt(variance) : 1);
    }
}

/// <summary>(ln(s − least + offset) − mean) / deviation; scores below the least training score count as that one.</summary>
public sealed class LogarithmicCalibrator : ScoreCalibrator
{
    internal const string KindName = "logarithmic";

    internal LogarithmicCalibrator(double least, double offset, double mean, double deviation)
    {
        Least = least;
        Offset = offset;
        Mean = mean;
        Deviation = deviation;
    }

    internal double Least { get; }

    internal double Offset { get; }

    /// <summary>The mean of the logarithms.</summary>
    public double Mean { get; }

    /// <summary>The standard deviation of the logarithms; above 0.</summary>
    public double Deviation { get; }

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override string Definition => FormattableString.Invariant($"(ln(score - {Least:R} + {Offset:R}) - {Mean:R}) / {Deviation:R}");

    /// <inheritdoc/>
    public override double Calibrate(double score)
    {
        ThrowIfNaN(score);
        return (Math.Log(Math.Max(score - Least, 0) + Offset) - Mean) / Deviation;
    }

    internal static LogarithmicCalibrator Read(ModelReader reader)
    {
        double least = reader.GetDouble("least");
        double offset = reader.GetDouble("offset");
        double mean = reader.GetDouble("mean");
        double deviation = reader.GetDouble("deviation");
        return double.IsFinite(least) && offset > 0 && double.IsFinite(offset) && double.IsFinite(mean) && deviation > 0 && double.IsFinite(deviation)
            ? new LogarithmicCalibrator(least, offset, mean, deviation)
            : throw ModelReader.FormatError("its logarithmic calibration is out of range");
    }

    private protected override void WriteParameters(ModelWriter writer)
    {
        writer.Set("least", Least);
        writer.Set("offset", Offset);
        writer.Set("mean", Mean);
        writer.Set("deviation", Deviation);
    }
}
