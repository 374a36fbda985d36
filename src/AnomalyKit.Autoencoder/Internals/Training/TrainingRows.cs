namespace AnomalyKit.Autoencoder.Training;

/// <summary>Which rows teach and which are kept back to see how well it goes.</summary>
/// <param name="Data">All rows, as the model sees them.</param>
/// <param name="Training">The rows that teach, ascending.</param>
/// <param name="Validation">The rows kept back, ascending.</param>
/// <param name="Limit">What cells are limited to.</param>
internal sealed record TrainingRows(FeatureMatrix Data, int[] Training, int[] Validation, float Limit)
{
    /// <summary>Draws the rows that are kept back.</summary>
    public static TrainingRows Split(FeatureMatrix data, double validationFraction, float limit, ulong seed)
    {
        int rows = data.RowCount;
        int[] validation = new int[(int)Math.Min(rows - 1, Math.Floor(validationFraction * rows))];
        RandomStreams.Split(seed).SampleWithoutReplacement(rows, validation);
        Array.Sort(validation);
        var training = new int[rows - validation.Length];
        for (int row = 0, kept = 0, taken = 0; row < rows; row++)
        {
            if (kept < validation.Length && validation[kept] == row)
                kept++;
            else
                training[taken++] = row;
        }

        return new TrainingRows(data, training, validation, limit);
    }
}
