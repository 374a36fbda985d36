namespace AnomalyKit;

internal sealed record FalseDiscoveryRateRule : ThresholdRule
{
    private readonly double _level;
    private readonly TailCalibrator _calibrator;

    public FalseDiscoveryRateRule(double level, TailCalibrator calibrator)
    {
        if (!(level > 0 && level < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "The false-discovery rate lies above 0 and below 1.");
        ArgumentNullException.ThrowIfNull(calibrator);
        _level = level;
        _calibrator = calibrator;
    }

    public override bool NeedsScores => true;

    public override string ToString() => FormattableString.Invariant($"false-discovery rate {_level}");

    protected override double ResolveFrom(Span<float> scores)
    {
        scores.Sort();
        int count = scores.Length;
        // Step up from the greatest p-value: the first that lies below its bound, and all smaller ones, are discoveries. Ties have one p-value, so they go together.
        for (int i = 0; i < count; i++)
        {
            if (_calibrator.TailProbability(scores[i]) <= _level * (count - i) / count)
                return i == 0 ? double.NegativeInfinity : scores[i - 1];
        }

        return scores[^1];
    }
}
