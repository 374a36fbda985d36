using System.Globalization;
using AnomalyKit.Numerics;
using AnomalyKit.Persistence;
using AnomalyKit.TextValues;

namespace AnomalyKit;

internal sealed record ConformalCalibration : ScoreCalibration
{
    private readonly TailScale _scale;

    public ConformalCalibration(double heldOutFraction, ulong seed, TailScale scale)
    {
        if (!(heldOutFraction > 0 && heldOutFraction <= 0.9))
            throw new ArgumentOutOfRangeException(nameof(heldOutFraction), heldOutFraction, "The fraction of held-out rows must be above 0 and at most 0.9.");
        HeldOutFraction = heldOutFraction;
        HeldOutSeed = seed;
        _scale = scale;
    }

    public override double HeldOutFraction { get; }

    internal override ulong HeldOutSeed { get; }

    public override bool AcceptsWeights => false;

    internal override string WeightsRefusal =>
        "Its guarantee holds for exchangeable rows that each count once. It would not hold for repeated or fractional rows.";

    public override bool GivesTailProbabilities => true;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"conformal, {HeldOutFraction:R} of the rows set aside");

    public override string? ToText() => string.Create(CultureInfo.InvariantCulture, $"conformal:{HeldOutFraction},{HeldOutSeed},{TextWords.Of(_scale.ToString())}");

    private protected override ScoreCalibrator FitTo(float[] scores)
    {
        Array.Sort(scores);
        return new ConformalCalibrator(scores, _scale);
    }

    private protected override ScoreCalibrator FitTo(WeightedScores scores) => throw new NotSupportedException();
}

/// <summary>Conformal p-values: (1 + calibration scores that are at least as high) / (1 + calibration scores).</summary>
/// <remarks>V. Vovk, A. Gammerman, G. Shafer, <i>Algorithmic Learning in a Random World</i>, 2005; Bates et al. 2023.</remarks>
public sealed class ConformalCalibrator : TailCalibrator
{
    internal const string KindName = "conformal";

    private readonly float[] _sorted;

    internal ConformalCalibrator(float[] sorted, TailScale scale)
        : base(scale) => _sorted = sorted;

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>The number of calibration scores n; the least p-value is 1 / (n + 1).</summary>
    public int CalibrationRowCount => _sorted.Length;

    /// <summary>The calibration scores, ascending.</summary>
    internal float[] Sorted => _sorted;

    internal override int? LeastProbabilityRows => _sorted.Length;

    private protected override string Source => "the ranks among rows set aside";

    internal static ConformalCalibrator Read(ModelReader reader)
    {
        var scale = ReadScale(reader);
        float[] sorted = reader.GetSingles("scores", -1);
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] < sorted[i - 1])
                throw ModelReader.FormatError("its calibration scores are not sorted");
        }

        return sorted.Length > 0 ? new ConformalCalibrator(sorted, scale) : throw ModelReader.FormatError("it has no calibration scores");
    }

    private protected override double Tail(double score) =>
        (1.0 + _sorted.Length - SortedScores.CountBelow(_sorted, score)) / (1.0 + _sorted.Length);

    private protected override void WriteTail(ModelWriter writer) => writer.Add("scores", _sorted.AsMemory());
}
