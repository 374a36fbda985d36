using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>A fitted, never decreasing map from a detector's scores to a scale with a meaning. Kept inside the detector and its file.</summary>
/// <remarks>Fitted on training scores alone, so a calibrated score never depends on the rows beside it. Immutable and thread-safe.</remarks>
public abstract class ScoreCalibrator
{
    // Detectors of other kinds are open to everyone; calibrations are a closed set that Core reads back.
    private protected ScoreCalibrator()
    {
    }

    /// <summary>The short name used in model files, for example <c>linear</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>What a calibrated score is, in a few words.</summary>
    public abstract string Definition { get; }

    /// <summary>Maps one score.</summary>
    /// <param name="score">A score of the detector; not NaN.</param>
    /// <returns>The calibrated score; never lower for a higher score.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The score is NaN.</exception>
    public abstract double Calibrate(double score);

    /// <summary>Maps scores.</summary>
    /// <param name="scores">Scores of the detector.</param>
    /// <param name="calibrated">Receives as many calibrated scores; may be the same memory as <paramref name="scores"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    public void Calibrate(ReadOnlySpan<float> scores, Span<float> calibrated)
    {
        if (scores.Length != calibrated.Length)
            throw new ArgumentException($"There are {scores.Length} scores, but room for {calibrated.Length} calibrated scores. Pass spans of the same length.", nameof(calibrated));
        for (int i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(scores[i]))
                throw new ArgumentException($"Score {i} is NaN; only numbers can be calibrated.", nameof(scores));
        }

        for (int i = 0; i < scores.Length; i++)
            calibrated[i] = (float)Math.Clamp(Calibrate(scores[i]), -float.MaxValue, float.MaxValue);
    }

    /// <summary>Reads a calibration that is kept in a part of a file.</summary>
    /// <param name="reader">The part.</param>
    /// <returns>The calibration; null where the part holds none.</returns>
    /// <exception cref="ModelFormatException">It cannot be read.</exception>
    public static ScoreCalibrator? TryRead(ModelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (!reader.TryGetString("kind", out string? kind))
            return null;
        return kind switch
        {
            LinearCalibrator.KindName => LinearCalibrator.Read(reader),
            LogarithmicCalibrator.KindName => LogarithmicCalibrator.Read(reader),
            GaussianTail.KindName => GaussianTail.Read(reader),
            GammaTail.KindName => GammaTail.Read(reader),
            RankTail.KindName => RankTail.Read(reader),
            ConformalCalibrator.KindName => ConformalCalibrator.Read(reader),
            _ => throw ModelReader.FormatError($"its calibration is of the unknown kind '{kind}'"),
        };
    }

    /// <summary>Adds the calibration to a model file.</summary>
    /// <param name="writer">The part of the file.</param>
    public void WriteTo(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Set("kind", Kind);
        WriteParameters(writer);
    }

    private protected abstract void WriteParameters(ModelWriter writer);

    private protected static void ThrowIfNaN(double score)
    {
        if (double.IsNaN(score))
            throw new ArgumentOutOfRangeException(nameof(score), score, "The score must be a number.");
    }
}
