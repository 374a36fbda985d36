using AnomalyKit.Numerics;
using AnomalyKit.Persistence;
using AnomalyKit.TextValues;

namespace AnomalyKit;

internal sealed record GaussianCalibration(TailScale Scale) : ScoreCalibration
{
    public override bool GivesTailProbabilities => true;

    public override string ToString() => "Gaussian";

    public override string? ToText() => $"gaussian:{TextWords.Of(Scale.ToString())}";

    private protected override ScoreCalibrator FitTo(float[] scores)
    {
        var (mean, variance) = Moments.Of(scores);
        return new GaussianTail(mean, Math.Sqrt(variance), Scale);
    }

    private protected override ScoreCalibrator FitTo(WeightedScores scores)
    {
        var (mean, variance) = scores.Moments();
        return new GaussianTail(mean, Math.Sqrt(variance), Scale);
    }
}

/// <summary>Twice the upper tail of a normal distribution, 1 up to its mean (Kriegel et al. 2011).</summary>
internal sealed class GaussianTail(double mean, double deviation, TailScale scale) : TailCalibrator(scale)
{
    public const string KindName = "gaussian";

    public override string Kind => KindName;

    private protected override string Source => "a normal distribution";

    public static GaussianTail Read(ModelReader reader)
    {
        var scale = ReadScale(reader);
        double mean = reader.GetDouble("mean");
        double deviation = reader.GetDouble("deviation");
        return double.IsFinite(mean) && deviation >= 0 && double.IsFinite(deviation)
            ? new GaussianTail(mean, deviation, scale)
            : throw ModelReader.FormatError("its Gaussian calibration is not finite");
    }

    private protected override double Tail(double score)
    {
        if (score <= mean)
            return 1;
        // All training scores equal: whatever is higher has never been seen.
        if (deviation == 0)
            return 0;
        double z = (score - mean) / deviation;
        return IncompleteGamma.Upper(0.5, z * z / 2);
    }

    private protected override void WriteTail(ModelWriter writer)
    {
        writer.Set("mean", mean);
        writer.Set("deviation", deviation);
    }
}
