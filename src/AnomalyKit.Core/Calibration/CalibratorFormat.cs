using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>How a calibration lies in a model file.</summary>
internal static class CalibratorFormat
{
    public static void Write(ModelWriter writer, ScoreCalibrator calibrator)
    {
        writer.Set("kind", calibrator.Kind);
        calibrator.WriteTo(writer);
    }

    public static ScoreCalibrator? TryRead(ModelReader reader)
    {
        if (!reader.TryGetString("kind", out string? kind))
            return null;
        return kind switch
        {
            LinearCalibrator.KindName => LinearCalibrator.Read(reader),
            GaussianTail.KindName => GaussianTail.Read(reader),
            GammaTail.KindName => GammaTail.Read(reader),
            RankTail.KindName => RankTail.Read(reader),
            ConformalCalibrator.KindName => ConformalCalibrator.Read(reader),
            _ => throw ModelReader.Bad($"its calibration is of the unknown kind '{kind}'"),
        };
    }
}
