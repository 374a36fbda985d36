using System.Globalization;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>(s − center) / scale.</summary>
public sealed class LinearCalibrator : ScoreCalibrator
{
    internal const string KindName = "linear";

    internal LinearCalibrator(double center, double scale)
    {
        Center = center;
        // All scores equal: differences from them are told in the scores' own units.
        Scale = scale > 0 ? scale : 1;
    }

    /// <summary>The score that becomes 0.</summary>
    public double Center { get; }

    /// <summary>What a difference of 1 stands for; above 0.</summary>
    public double Scale { get; }

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override string Definition => string.Create(CultureInfo.InvariantCulture, $"(score - {Center:R}) / {Scale:R}");

    /// <inheritdoc/>
    public override double Calibrate(double score)
    {
        ThrowIfNaN(score);
        return (score - Center) / Scale;
    }

    internal static LinearCalibrator Read(ModelReader reader)
    {
        double center = reader.GetDouble("center");
        double scale = reader.GetDouble("scale");
        return double.IsFinite(center) && scale > 0 && double.IsFinite(scale)
            ? new LinearCalibrator(center, scale)
            : throw ModelReader.FormatError("its linear calibration is not finite");
    }

    private protected override void WriteParameters(ModelWriter writer)
    {
        writer.Set("center", Center);
        writer.Set("scale", Scale);
    }
}
