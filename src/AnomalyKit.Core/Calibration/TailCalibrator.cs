using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>A calibration that estimates how likely a normal row is to score at least as high.</summary>
public abstract class TailCalibrator : ScoreCalibrator
{
    private protected TailCalibrator(TailScale scale) => Scale = scale;

    /// <summary>Whether <see cref="ScoreCalibrator.Calibrate(double)"/> gives 1 − p or −log₁₀ p.</summary>
    public TailScale Scale { get; }

    /// <inheritdoc/>
    public sealed override string Definition => Scale == TailScale.Probability ? $"1 - p, p from {Source}" : $"-log10 p, p from {Source}";

    /// <summary>How many rows the least probability comes from, where scores above all of theirs share it; null where there is no least probability, so that a higher score has a lower one.</summary>
    internal virtual int? LeastProbabilityRows => null;

    /// <summary>What the probabilities are estimated by.</summary>
    private protected abstract string Source { get; }

    /// <summary>The estimated probability that a row like the training rows scores at least as high.</summary>
    /// <param name="score">A score of the detector; not NaN.</param>
    /// <returns>From 10⁻³⁰⁰ to 1; never higher for a higher score.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The score is NaN.</exception>
    public double TailProbability(double score)
    {
        ThrowIfNaN(score);
        return Math.Clamp(Tail(score), 1e-300, 1);
    }

    /// <inheritdoc/>
    public sealed override double Calibrate(double score)
    {
        double tail = TailProbability(score);
        return Scale == TailScale.Probability ? 1 - tail : 0 - Math.Log10(tail);
    }

    private protected sealed override void WriteParameters(ModelWriter writer)
    {
        writer.Set("scale", Scale == TailScale.Probability ? "probability" : "surprisal");
        WriteTail(writer);
    }

    internal static TailScale ReadScale(ModelReader reader)
    {
        string scale = reader.GetString("scale");
        return scale switch
        {
            "probability" => TailScale.Probability,
            "surprisal" => TailScale.Surprisal,
            _ => throw ModelReader.FormatError($"its calibration's scale is '{scale}'; 'probability' or 'surprisal' was expected"),
        };
    }

    private protected abstract double Tail(double score);

    private protected abstract void WriteTail(ModelWriter writer);
}
