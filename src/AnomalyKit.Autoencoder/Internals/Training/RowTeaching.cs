namespace AnomalyKit.Autoencoder.Training;

/// <summary>How much each row of a batch teaches where rows have weights.</summary>
/// <remarks>
/// The loss of all rows is Σ w · error / Σ w. A batch of b rows adds Σ w · error / (b · mean weight): right on average whatever the batch, and the weighted mean where one batch
/// holds all rows. In the robust mode the worst-fitting rows are left out by weight, and the others stand for their weight too.
/// </remarks>
internal sealed class RowTeaching
{
    private readonly FeatureMatrix _data;
    private readonly double _mean;

    /// <param name="rows">Rows with weights.</param>
    public RowTeaching(TrainingRows rows)
    {
        _data = rows.Data;
        double sum = 0;
        foreach (int row in rows.Training)
            sum += _data.Weights.Span[row];
        _mean = sum / rows.Training.Length;
    }

    /// <summary>Sets the factors of a batch, in units of the mean weight: 0 for rows that do not teach.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="factors">Receives one factor per row.</param>
    /// <param name="errors">One squared error per row, where <paramref name="trimmed"/> is above 0.</param>
    /// <param name="trimmed">The fraction of the batch that does not teach.</param>
    /// <param name="taught">The weight that teaches.</param>
    /// <returns>The number of rows that those who teach stand for.</returns>
    public double Mark(ReadOnlySpan<int> batch, Span<float> factors, ReadOnlySpan<float> errors, double trimmed, out double taught)
    {
        double[] weights = Of(batch);
        double worst = trimmed > 0 ? Worst(errors, weights, trimmed) : double.PositiveInfinity;
        double total = 0;
        taught = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            total += weights[i];
            bool teaches = trimmed == 0 || errors[i] <= worst;
            factors[i] = teaches ? (float)(weights[i] / _mean) : 0;
            taught += teaches ? weights[i] : 0;
        }

        return weights.Length * (taught / total);
    }

    /// <summary>The sum of errors of a batch as they count, those of rows that do not teach left out.</summary>
    public double Sum(ReadOnlySpan<int> batch, ReadOnlySpan<float> factors, ReadOnlySpan<float> errors)
    {
        var weights = _data.Weights.Span;
        double sum = 0;
        for (int i = 0; i < batch.Length; i++)
        {
            if (factors[i] != 0)
                sum += weights[batch[i]] * errors[i];
        }

        return sum;
    }

    /// <summary>The weighted mean of the smallest errors.</summary>
    public double Mean(ReadOnlySpan<int> rows, ReadOnlySpan<float> errors, double trimmed)
    {
        double[] weights = Of(rows);
        double worst = trimmed > 0 ? Worst(errors, weights, trimmed) : double.PositiveInfinity;
        double sum = 0;
        double taken = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (!(errors[i] <= worst) && trimmed > 0)
                continue;
            sum += weights[i] * errors[i];
            taken += weights[i];
        }

        return sum / taken;
    }

    /// <summary>The worst error that teaches: that of the last copy of a row that is not left out. Rows that tie with it teach too.</summary>
    private static float Worst(ReadOnlySpan<float> errors, double[] weights, double trimmed)
    {
        float[] sorted = errors[..weights.Length].ToArray();
        double[] sortedWeights = [.. weights];
        Array.Sort(sorted, sortedWeights);
        double total = sortedWeights.Sum();
        double left = Math.Floor(trimmed * total);
        int last = sorted.Length - 1;
        while (last > 0 && left >= sortedWeights[last])
            left -= sortedWeights[last--];
        return sorted[last];
    }

    private double[] Of(ReadOnlySpan<int> rows)
    {
        var source = _data.Weights.Span;
        var weights = new double[rows.Length];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = source[rows[i]];
        return weights;
    }
}
