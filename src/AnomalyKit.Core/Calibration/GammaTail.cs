using AnomalyKit.Numerics;
using AnomalyKit.Persistence;
using AnomalyKit.TextValues;

namespace AnomalyKit;

internal sealed record GammaCalibration(TailScale Scale) : ScoreCalibration
{
    public override bool GivesTailProbabilities => true;

    public override string ToString() => "gamma";

    public override string? ToText() => $"gamma:{TextWords.Of(Scale.ToString())}";

    private protected override ScoreCalibrator FitTo(float[] scores) => Of(scores.Min(), Moments.Of(scores));

    private protected override ScoreCalibrator FitTo(WeightedScores scores) => Of(scores.Least, scores.Moments());

    private GammaTail Of(float least, (double Mean, double Variance) moments)
    {
        // Scores that may be negative have no gamma distribution: measured from the least one they may.
        double origin = Math.Min(0, least);
        return new GammaTail(origin, moments.Mean - origin, moments.Variance, Scale);
    }
}

/// <summary>The upper tail of a gamma distribution with the scores' mean and variance, relative to that at its mean, and 1 up to there (Kriegel et al. 2011).</summary>
internal sealed class GammaTail : TailCalibrator
{
    public const string KindName = "gamma";

    private readonly double _origin;
    private readonly double _mean;
    private readonly double _variance;
    private readonly double _shape;
    private readonly double _tailAtMean;

    public GammaTail(double origin, double mean, double variance, TailScale scale)
        : base(scale)
    {
        _origin = origin;
        _mean = mean;
        _variance = variance;
        // All training scores equal: the distribution has shrunk to a point.
        _shape = variance > 0 ? mean * mean / variance : double.PositiveInfinity;
        _tailAtMean = double.IsFinite(_shape) ? IncompleteGamma.Upper(_shape, _shape) : 1;
    }

    public override string Kind => KindName;

    private protected override string Source => "a gamma distribution";

    public static GammaTail Read(ModelReader reader)
    {
        var scale = ReadScale(reader);
        double origin = reader.GetDouble("origin");
        double mean = reader.GetDouble("mean");
        double variance = reader.GetDouble("variance");
        bool usable = double.IsFinite(origin) && mean >= 0 && double.IsFinite(mean)
            && (variance == 0 || (variance > 0 && double.IsFinite(variance) && mean * mean / variance is > 0 and < double.PositiveInfinity));
        return usable
            ? new GammaTail(origin, mean, variance, scale)
            : throw ModelReader.FormatError("its gamma calibration is not finite or has no shape");
    }

    private protected override double Tail(double score)
    {
        double above = score - _origin;
        if (above <= _mean)
            return 1;
        return double.IsInfinity(_shape) ? 0 : IncompleteGamma.Upper(_shape, above * _mean / _variance) / _tailAtMean;
    }

    private protected override void WriteTail(ModelWriter writer)
    {
        writer.Set("origin", _origin);
        writer.Set("mean", _mean);
        writer.Set("variance", _variance);
    }
}
