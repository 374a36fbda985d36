using AnomalyKit.Numerics;

namespace AnomalyKit.Autoencoder.Training;

/// <summary>The robust mode: of every batch, the rows that fit worst do not teach.</summary>
/// <remarks>The least trimmed squares of P. J. Rousseeuw, <i>Least Median of Squares Regression</i>, JASA 1984, taken batch by batch.</remarks>
internal static class TrimmedLoss
{
    /// <summary>How many of so many rows teach, at least one.</summary>
    public static int Kept(int count, double trimmed) => Math.Max(1, count - (int)Math.Floor(trimmed * count));

    /// <summary>Marks the rows that teach with 1, the others with 0. Rows that tie with the worst one that teaches teach too.</summary>
    /// <returns>How many teach.</returns>
    public static int MarkTeaching(ReadOnlySpan<float> errors, double trimmed, float[] scratch, Span<float> marks)
    {
        var copy = scratch.AsSpan(0, errors.Length);
        errors.CopyTo(copy);
        float worst = OrderStatistics.Select(copy, Kept(errors.Length, trimmed) - 1);
        int teaching = 0;
        for (int i = 0; i < errors.Length; i++)
        {
            bool teaches = errors[i] <= worst;
            marks[i] = teaches ? 1 : 0;
            teaching += teaches ? 1 : 0;
        }

        return teaching;
    }

    /// <summary>The mean of the smallest errors.</summary>
    public static double Mean(ReadOnlySpan<float> errors, double trimmed)
    {
        int kept = Kept(errors.Length, trimmed);
        float worst = kept == errors.Length ? float.PositiveInfinity : OrderStatistics.Select(errors.ToArray(), kept - 1);
        double sum = 0;
        int taken = 0;
        foreach (float error in errors)
        {
            if (error <= worst)
            {
                sum += error;
                taken++;
            }
        }

        return sum / taken;
    }
}
