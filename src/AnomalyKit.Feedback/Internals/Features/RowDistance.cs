namespace AnomalyKit.Feedback.Features;

/// <summary>The Euclidean distance of rows by their columns' features; two different categories are √2 apart.</summary>
internal static class RowDistance
{
    private const double DifferentCodes = 2;

    public static double Of(ReadOnlySpan<float> one, ReadOnlySpan<float> other, ReadOnlySpan<bool> isCode)
    {
        double squares = 0;
        for (int i = 0; i < one.Length; i++)
        {
            double difference = one[i] - other[i];
            squares += !isCode[i] ? difference * difference : difference == 0 ? 0 : DifferentCodes;
        }

        return Math.Sqrt(squares);
    }
}
