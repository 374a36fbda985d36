namespace AnomalyKit.Charts;

/// <summary>Where a value lies on an axis of a drawing; values outside are drawn at its ends.</summary>
/// <param name="Least">The value at the start.</param>
/// <param name="Most">The value at the end.</param>
/// <param name="From">The position of the start.</param>
/// <param name="To">The position of the end.</param>
/// <param name="IsLog">Whether equal factors have equal lengths.</param>
internal sealed record Scale(double Least, double Most, double From, double To, bool IsLog = false)
{
    /// <summary>The position of a value.</summary>
    public double this[double value] => From + ((To - From) * Math.Clamp((On(value) - On(Least)) / (On(Most) - On(Least)), 0, 1));

    /// <summary>The powers of ten within the scale.</summary>
    public IEnumerable<double> Powers()
    {
        int last = (int)Math.Floor(Math.Log10(Most) + 1e-9);
        for (int power = (int)Math.Ceiling(Math.Log10(Least) - 1e-9); power <= last; power++)
            yield return Math.Pow(10, power);
    }

    private double On(double value) => !IsLog ? value : Math.Log10(Math.Max(value, Least));
}
