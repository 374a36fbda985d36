namespace AnomalyKit.Feedback.Learning;

/// <summary>The most probable level of the odds if answers say nothing about which rows differ: one number with a normal prior, and logistic answers.</summary>
internal static class AnswerLevel
{
    /// <param name="rows">The answered rows.</param>
    /// <param name="variance">The variance of the level before any answer.</param>
    /// <returns>By how much all odds rise; 0 without answers.</returns>
    public static double Of(IReadOnlyList<AnsweredRow> rows, double variance)
    {
        // The slope of the loss rises with the level, and no answer pulls by more than its weight: halving the range between these ends always finds where it is zero.
        double high = variance * rows.Sum(row => row.Weight);
        double low = -high;
        while (true)
        {
            double middle = low + ((high - low) / 2);
            if (!(middle > low && middle < high))
                return middle;
            double slope = middle / variance;
            foreach (var row in rows)
                slope += row.Weight * (AnswerFit.Probability(row.Prior + middle) - row.Target);
            if (slope > 0)
                high = middle;
            else
                low = middle;
        }
    }
}
