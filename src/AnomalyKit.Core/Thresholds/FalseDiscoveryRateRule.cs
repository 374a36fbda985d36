namespace AnomalyKit;

internal sealed record FalseDiscoveryRateRule : ThresholdRule
{
    private readonly double _level;
    private readonly TailCalibrator _calibrator;

    public FalseDiscoveryRateRule(double level, TailCalibrator calibrator)
    {
        if (!(level > 0 && level < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "The false-discovery rate must be above 0 and below 1.");
        ArgumentNullException.ThrowIfNull(calibrator);
        _level = level;
        _calibrator = calibrator;
    }

    public override bool NeedsScores => true;

    protected internal override string WeightsRefusal =>
        "Its guarantee holds for p-values of single rows that each count once. Weighted hypotheses would need a different procedure.";

    public override string ToString() => FormattableString.Invariant($"false-discovery rate {_level}");

    public override string Describe(int scoreCount)
    {
        double fewest = Math.Ceiling(_calibrator.TailProbability(double.PositiveInfinity) / _level * scoreCount * (1 - 1e-12));
        return fewest <= 1 ? ToString() : FormattableString.Invariant(
            $"{this} (no p-value is small enough to flag fewer than {fewest} of {scoreCount} rows: calibrate on more)");
    }

    protected override double ResolveFrom(Span<float> scores)
    {
        scores.Sort();
        int count = scores.Length;
        // Step up from the greatest p-value: the first that lies below its bound, and all smaller ones, are discoveries. Ties have one p-value, so they go together.
        for (int i = 0; i < count; i++)
        {
            // The relative nudge: a p-value of 1 / 20 is at most 0.05, and of 3 / 10 at most 0.5 · 3 / 5, however the product rounds.
            if (_calibrator.TailProbability(scores[i]) <= _level * (count - i) / count * (1 + 1e-12))
                return i == 0 ? double.NegativeInfinity : scores[i - 1];
        }

        return scores[^1];
    }
}
