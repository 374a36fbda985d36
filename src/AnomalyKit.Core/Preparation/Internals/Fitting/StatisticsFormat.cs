using System.Globalization;
using AnomalyKit.Persistence;

namespace AnomalyKit.Preparation;

/// <summary>Whole numbers of statistics in files.</summary>
internal static class StatisticsFormat
{
    // So that no sum of some thousand of them can overflow.
    private const long MaxCount = 1L << 52;

    public static long Count(ModelReader reader, string name) => Number(reader, name, 0) is var count and <= MaxCount
        ? count
        : throw ModelReader.FormatError($"'{name}' is out of range");

    public static long Number(ModelReader reader, string name, long minimum)
    {
        string text = reader.GetString(name);
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && number >= minimum
            ? number
            : throw ModelReader.FormatError($"'{name}' is '{text}'; a whole number of at least {minimum} was expected");
    }

    public static long[] Counts(ModelReader reader, string name, int length)
    {
        long[] counts = reader.GetInt64s(name, length);
        return Array.TrueForAll(counts, count => count is >= 0 and <= MaxCount) ? counts : throw ModelReader.FormatError($"'{name}' is out of range");
    }
}
