namespace AnomalyKit.Feedback.Features;

/// <summary>What values are divided by.</summary>
internal static class Spread
{
    // Below what the closest of single-precision numbers differ by; dividing by less could make anything infinite.
    private const double Smallest = 1e-50;

    public static bool IsUsable(double spread) => spread >= Smallest && double.IsFinite(spread);
}
