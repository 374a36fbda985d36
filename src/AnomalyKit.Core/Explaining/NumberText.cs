using System.Globalization;

namespace AnomalyKit.Explaining;

/// <summary>Numbers as people read them.</summary>
internal static class NumberText
{
    // Cents of ten billion; a longer text is seldom what somebody wrote, but what computing left.
    private const int MaxDigits = 12;

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

    private static bool IsWhole(double number) => Math.Abs(number) < 1e15 && number == Math.Floor(number);

    private static string Whole(double number) => (number + 0.0).ToString("0", CultureInfo.InvariantCulture);

    /// <summary>The digits of a number without those in front that are 0, and without its exponent.</summary>
    private static int Digits(string text) => text.TakeWhile(sign => sign != 'E').Where(char.IsAsciiDigit).SkipWhile(digit => digit == '0').Count();
}
