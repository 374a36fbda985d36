using System.Globalization;

namespace AnomalyKit.TextValues;

/// <summary>The arguments of a value in text, read one by one. Those that were left out have the default that is asked for.</summary>
internal readonly record struct TextArguments(string[] Items)
{
    /// <summary>The text of an argument, or null where it was left out.</summary>
    public string? Text(int index) => index < Items.Length ? Items[index] : null;

    public double Number(int index, double ifMissing = double.NaN) => Text(index) is not { } text ? ifMissing
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number
        : throw new ArgumentException($"'{text}' is not a number, written like 0.002 with a point");

    /// <summary>A number, or two numbers as a fraction: <c>5/720</c>.</summary>
    public double Fraction(int index, double ifMissing = double.NaN)
    {
        if (Text(index) is not { } text || text.IndexOf('/', StringComparison.Ordinal) is not (>= 0 and var at))
            return Number(index, ifMissing);
        return double.TryParse(text.AsSpan(0, at), NumberStyles.Float, CultureInfo.InvariantCulture, out double part) && double.TryParse(text.AsSpan(at + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double whole) && part >= 0 && whole >= 0
            ? part / whole
            : throw new ArgumentException($"'{text}' is not a fraction");
    }

    public int Int32(int index, int ifMissing = 0) => Text(index) is not { } text ? ifMissing
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number
        : throw new ArgumentException($"'{text}' is not a whole number that fits 32 bits");

    public ulong Seed(int index) => Text(index) is not { } text ? 0
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed) ? seed
        : throw new ArgumentException($"'{text}' is not a seed, a whole number from 0 to {ulong.MaxValue}");

    public TEnum Enum<TEnum>(int index, TEnum ifMissing)
        where TEnum : struct, Enum => Text(index) is { } text ? TextWords.ReadEnum<TEnum>(text) : ifMissing;
}
