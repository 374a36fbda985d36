using System.Globalization;

namespace AnomalyKit.Explaining;

/// <summary>Numbers as people read them.</summary>
internal static class NumberText
{
    // Cents of ten billion; a longer text is seldom what somebody wrote, but what computing left.
    private const int MaxDigits = 12;

    // Of a distance: what is left where rounding is all there is.
    private const double Negligible = 1e-6;

    /// <summary>The shortest text that reads back as the same float32 or double; of a double that needs more than 12 digits at least nine of them, two behind the point.</summary>
    public static string Full(double number)
    {
        if (IsWhole(number))
            return Whole(number);
        string shortest = (float)number == number ? ((float)number).ToString("R", CultureInfo.InvariantCulture) : number.ToString("R", CultureInfo.InvariantCulture);
        if (Digits(shortest) <= MaxDigits)
            return shortest;
        int before = Math.Max(1, 1 + (int)Math.Floor(Math.Log10(Math.Abs(number))));
        return number.ToString($"G{Math.Clamp(before + 2, 9, 15)}", CultureInfo.InvariantCulture);
    }

    /// <summary>A whole number in full, another with five digits.</summary>
    public static string Rounded(double number) => IsWhole(number) ? Whole(number) : number.ToString("G5", CultureInfo.InvariantCulture);

    /// <summary>The number that five digits give.</summary>
    public static double FiveDigits(double number) => double.Parse(number.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A number with three digits, or with as many as show a tenth of its distance from another one; 0 where it is next to nothing beside that distance.</summary>
    public static string About(double number, double other)
    {
        double distance = double.IsFinite(other) ? Math.Abs(number - other) : 0;
        if (number == 0 || Math.Abs(number) < Negligible * distance)
            return "0";
        int first = Magnitude(number);
        int last = distance > 0 ? Math.Min(first - 2, Magnitude(distance) - 1) : first - 2;
        if (first is < -4 or > 14)
            return number.ToString($"G{Math.Clamp(first - last + 1, 3, 15)}", CultureInfo.InvariantCulture);
        if (last >= 0)
            return (Math.Round(number / Math.Pow(10, last)) * Math.Pow(10, last)).ToString("0", CultureInfo.InvariantCulture);
        return number.ToString("0." + new string('#', Math.Min(-last, 14 - Math.Min(first, 0))), CultureInfo.InvariantCulture);
    }

    private static int Magnitude(double number) => (int)Math.Floor(Math.Log10(Math.Abs(number)));

    private static bool IsWhole(double number) => Math.Abs(number) < 1e15 && number == Math.Floor(number);

    private static string Whole(double number) => (number + 0.0).ToString("0", CultureInfo.InvariantCulture);

    /// <summary>The digits of a number without those in front that are 0, and without its exponent.</summary>
    private static int Digits(string text) => text.TakeWhile(sign => sign != 'E').Where(char.IsAsciiDigit).SkipWhile(digit => digit == '0').Count();
}
