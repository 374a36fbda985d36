namespace AnomalyKit;

/// <summary>Whether a trainer and its options can be fitted on rows with weights.</summary>
internal static class WeightChecks
{
    /// <summary>Refuses weights that the trainer, or one of its options, has no rule for.</summary>
    /// <exception cref="ArgumentException">With the name of the trainer, the reason and the remedy.</exception>
    public static void ThrowIfRefused(
        IDetectorTrainer trainer, FeatureMatrix data, int minRows, FeatureScaling scaling, ThresholdRule threshold, ScoreCalibration calibration, string reason)
    {
        string name = trainer.GetType().Name;
        if (!trainer.AcceptsWeights)
        {
            throw new ArgumentException(
                $"{name} takes no row weights other than 0 and 1. {reason} Drop the weights with WithWeights(default), leave rows out with a weight of 0, or use a trainer whose AcceptsWeights is true.",
                nameof(data));
        }

        if (!scaling.AcceptsWeights)
            throw new ArgumentException(Refusal(name, nameof(DetectorTrainer<>.Scaling), scaling, "It does not say that it looks at row weights.", "another scaling"), nameof(data));
        if (!threshold.AcceptsWeights)
            throw new ArgumentException(Refusal(name, nameof(DetectorTrainer<>.Threshold), threshold, threshold.WeightsRefusal, "another rule, such as ThresholdRule.Contamination"), nameof(data));
        if (!calibration.AcceptsWeights)
            throw new ArgumentException(Refusal(name, nameof(DetectorTrainer<>.Calibration), calibration, calibration.WeightsRefusal, "another calibration, such as ScoreCalibration.Rank"), nameof(data));

        double sum = RowWeights.Checked(data.Weights.Span, nameof(data));
        if (sum < minRows)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The weights of the data add up to {sum}. They say how many times each row counts, and {name} needs at least {minRows} rows to be fitted. If the weights only compare rows, multiply them so that they average 1."),
                nameof(data));
        }
    }

    /// <summary>How many scores there are, counting each as often as its weight says.</summary>
    public static int ScoreCount(int scores, ReadOnlySpan<double> weights)
    {
        if (weights.IsEmpty)
            return scores;
        double sum = 0;
        foreach (double weight in weights)
            sum += weight;
        return (int)Math.Min(sum, int.MaxValue);
    }

    private static string Refusal(string trainer, string option, object value, string reason, string remedy) =>
        $"The rows have weights, and {option} of {trainer} is '{value}', which cannot be found from weighted rows. {reason} Set {option} to {remedy}, or drop the weights with WithWeights(default).";
}
