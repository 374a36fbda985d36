namespace AnomalyKit;

/// <summary>The training rows that count: rows of weight 0 are absent, and weights that are all 1 are none.</summary>
/// <param name="Data">The rows that count, with their weights where these differ from 1.</param>
/// <param name="Kept">Which of the given rows they are; null where they are all of them.</param>
/// <param name="Absent">The rows of weight 0.</param>
internal sealed record PresentRows(FeatureMatrix Data, int[]? Kept, int[] Absent)
{
    /// <summary>Looks through the weights.</summary>
    /// <exception cref="ArgumentException">A weight is NaN, infinite or below 0, or all are 0.</exception>
    public static PresentRows Of(FeatureMatrix data)
    {
        if (!data.HasWeights || data.RowCount == 0)
            return new(data.HasWeights ? data.WithWeights(default) : data, null, []);
        var weights = data.Weights.Span;
        // Checked anew: a slice may hold nothing but zeros, and weights are the caller's memory.
        RowWeights.Checked(weights, nameof(data));
        int kept = weights.Length - weights.Count(0.0);
        bool areOne = !weights.ContainsAnyExcept(0.0, 1.0);
        if (kept == weights.Length)
            return new(areOne ? data.WithWeights(default) : data, null, []);
        var keptRows = new int[kept];
        var absent = new int[weights.Length - kept];
        for (int row = 0, i = 0, j = 0; row < weights.Length; row++)
        {
            if (weights[row] == 0)
                absent[j++] = row;
            else
                keptRows[i++] = row;
        }

        var present = data.SelectRows(keptRows);
        return new(areOne ? present.WithWeights(default) : present, keptRows, absent);
    }

    /// <summary>The rows that count, given all rows checked.</summary>
    public CheckedRows Of(CheckedRows rows) => rows.Known(Data);

    /// <summary>Brings the scores of the rows that count, and of those that do not, into the order of the given rows.</summary>
    public float[] Merge(ReadOnlySpan<float> kept, ReadOnlySpan<float> absent)
    {
        var scores = new float[kept.Length + absent.Length];
        for (int i = 0; i < kept.Length; i++)
            scores[Kept![i]] = kept[i];
        for (int i = 0; i < absent.Length; i++)
            scores[Absent[i]] = absent[i];
        return scores;
    }
}
