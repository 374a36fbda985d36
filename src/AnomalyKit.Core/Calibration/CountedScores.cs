namespace AnomalyKit;

/// <summary>Scores that count at all, with how often they do.</summary>
internal static class CountedScores
{
    /// <summary>Leaves out scores of weight 0, and weights that are all 1.</summary>
    /// <param name="scores">At least one.</param>
    /// <param name="weights">As many; checked here.</param>
    /// <returns>Copies; no weights where every score counts once.</returns>
    /// <exception cref="ArgumentException">The numbers differ, or a weight is NaN, infinite or below 0, or all are 0.</exception>
    public static (float[] Scores, double[] Weights) Of(ReadOnlySpan<float> scores, ReadOnlySpan<double> weights)
    {
        if (weights.Length != scores.Length)
            throw new ArgumentException($"{weights.Length} weights for {scores.Length} scores; give one weight per score, or none.", nameof(weights));
        RowWeights.Checked(weights, nameof(weights));
        int count = weights.Length - weights.Count(0.0);
        var counted = new float[count];
        var counts = new double[count];
        for (int i = 0, j = 0; i < weights.Length; i++)
        {
            if (weights[i] == 0)
                continue;
            counted[j] = scores[i];
            counts[j++] = weights[i];
        }

        return counts.AsSpan().ContainsAnyExcept(1.0) ? (counted, counts) : (counted, []);
    }
}
