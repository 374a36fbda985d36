namespace AnomalyKit;

/// <summary>The criteria of N. Goix, "How to evaluate the quality of unsupervised anomaly detection algorithms?", ICML workshop on anomaly detection 2016. Volumes are fractions of the box.</summary>
internal static class LevelSets
{
    private const double LowMass = 0.9;
    private const double HighMass = 0.999;
    private const int Levels = 1000;

    /// <summary>The area under the volume of the sets that hold 90 to 99.9 % of the rows.</summary>
    /// <param name="scores">Scores of rows.</param>
    /// <param name="uniform">Scores of points that are spread evenly over the box.</param>
    public static double MassVolume(float[] scores, float[] uniform)
    {
        float[] rows = [.. scores.Order()];
        float[] points = [.. uniform.Order()];
        double sum = 0;
        for (int level = 0; level < Levels; level++)
        {
            double mass = LowMass + ((HighMass - LowMass) * (level + 0.5) / Levels);
            float score = rows[Math.Min(rows.Length - 1, (int)Math.Ceiling(mass * rows.Length) - 1)];
            sum += FractionUpTo(points, score);
        }

        return sum / Levels * (HighMass - LowMass);
    }

    /// <summary>The area under the excess mass, up to the multiple of the volume where it falls to 0.9.</summary>
    /// <param name="scores">Scores of rows.</param>
    /// <param name="uniform">Scores of points that are spread evenly over the box.</param>
    public static double ExcessMass(float[] scores, float[] uniform)
    {
        float[] rows = [.. scores.Order()];
        float[] points = [.. uniform.Order()];
        var sets = new List<(double Mass, double Volume)>();
        for (int i = 0; i < rows.Length; i++)
        {
            if (i == rows.Length - 1 || rows[i + 1] > rows[i])
                sets.Add(((i + 1.0) / rows.Length, FractionUpTo(points, rows[i])));
        }

        // Goix goes through multiples of one part in a hundred of 1 / volume, and stops where the excess is 0.9.
        const double Step = 0.01;
        const int MaxSteps = 10_000;
        double area = 0;
        for (int step = 0; step < MaxSteps; step++)
        {
            double multiple = step * Step;
            double excess = sets.Max(set => set.Mass - (multiple * set.Volume));
            if (excess <= LowMass)
                break;
            area += Step * excess;
        }

        return area;
    }

    private static double FractionUpTo(float[] sorted, float score)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] <= score)
                low = middle + 1;
            else
                high = middle;
        }

        return (double)low / sorted.Length;
    }
}
