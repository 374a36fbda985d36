using System.Globalization;

namespace AnomalyKit;

/// <summary>The numbers between two limits: all of them, or those a step apart.</summary>
internal sealed record NumberRange
{
    public NumberRange(string name, double low, double high, bool isLogarithmic, double step, bool isWhole)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || !(low < high) || !double.IsFinite(high - low))
            throw Refused(name, low, high, "The lower limit must be below the upper one, and both finite");
        if (!double.IsFinite(step) || step < 0 || (isWhole && step < 1))
            throw Refused(name, low, high, $"The step {Text(step)} must be {(isWhole ? "at least 1" : "above 0, or 0 for all numbers")}");
        if (isLogarithmic && (isWhole ? low < 1 || step != 1 : low <= 0 || step != 0))
            throw Refused(name, low, high, $"A logarithmic range begins {(isWhole ? "at 1 or above" : "above 0")} and has no step of its own");
        if (step > high - low)
            throw Refused(name, low, high, $"The step {Text(step)} is longer than the range");
        (Low, IsLogarithmic, Step, IsWhole) = (low, isLogarithmic, step, isWhole);
        High = step > 0 ? At(Math.Floor(((high - low) / step) + 1e-9)) : high;
    }

    public double Low { get; }

    /// <summary>The highest value: with a step the last one that lies within the limits.</summary>
    public double High { get; }

    public bool IsLogarithmic { get; }

    /// <summary>The distance of neighboring values; 0 for all numbers.</summary>
    public double Step { get; }

    public bool IsWhole { get; }

    /// <summary>How many values there are; null for all numbers.</summary>
    public long? Count => Step > 0 ? (long)Math.Min(1e15, Math.Round((High - Low) / Step) + 1) : null;

    /// <summary>The value on the range's grid that is nearest to a number.</summary>
    public double Snap(double value)
    {
        double snapped = Step > 0 ? At(Math.Round((value - Low) / Step)) : value;
        return Math.Clamp(snapped, Low, High);
    }

    public bool Contains(double value) => value >= Low && value <= High && Snap(value) == value;

    public string Text(double value) => value.ToString(IsWhole ? "F0" : "R", CultureInfo.InvariantCulture);

    public override string ToString()
    {
        string step = Step > 0 && !(IsWhole && Step == 1) ? $", step {Text(Step)}" : string.Empty;
        return $"{(IsWhole ? "integer" : "real")} from {Text(Low)} to {Text(High)}{(IsLogarithmic ? ", logarithmic" : string.Empty)}{step}";
    }

    private static ArgumentException Refused(string name, double low, double high, string reason) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The range of {name}, from {low:R} to {high:R}, cannot be searched. {reason}."));

    /// <summary>In decimals where they fit, so that three steps of 0.1 are 0.3.</summary>
    private double At(double steps)
    {
        const double Most = 1e12;
        const double Fewest = 1e-12;
        return !IsWhole && Math.Abs(Low) < Most && Step is > Fewest and < Most && steps < Most
            ? (double)((decimal)Low + ((decimal)steps * (decimal)Step))
            : Low + (steps * Step);
    }
}
