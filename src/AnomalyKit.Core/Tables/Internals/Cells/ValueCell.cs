using System.Globalization;
using AnomalyKit.Csv;

namespace AnomalyKit.Tables;

/// <summary>Puts a value of any type into a buffer, or says why it is not what the column holds. Nothing is bent to fit.</summary>
internal static class ValueCell
{
    /// <summary>Appends a value.</summary>
    /// <param name="buffer">The column's cells.</param>
    /// <param name="value">The value; null and <see cref="DBNull"/> are missing.</param>
    /// <param name="isLoose">Whether numbers may come as text, text as numbers, and yes and no as 1 and 0: where types belong to values.</param>
    /// <returns>What is wrong with it, or nothing; then it is in the buffer.</returns>
    public static string? Add(ColumnBuffer buffer, object? value, bool isLoose)
    {
        if (value is null or DBNull)
        {
            buffer.AddMissing();
            return null;
        }

        return buffer switch
        {
            DoubleBuffer numbers => AddNumber(numbers, value, isLoose),
            Int64Buffer wholes => AddWhole(wholes, value, isLoose),
            SingleBuffer singles => AddSingle(singles, value),
            BooleanBuffer booleans => AddBoolean(booleans, value, isLoose),
            DateTimeBuffer times => AddTime(times, value),
            CategoryBuffer words => AddWord(words, value, isLoose),
            _ => throw new NotSupportedException(buffer.GetType().Name),
        };
    }

    /// <summary>A value as it can stand in a message.</summary>
    public static string Printable(object value) => value switch
    {
        string text => $"'{CsvErrors.Printable(text)}' (text)",
        bool yes => yes ? "true" : "false",
        sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal => $"{((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)} (a number)",
        IFormattable formattable => $"{CsvErrors.Printable(formattable.ToString(null, CultureInfo.InvariantCulture))} ({value.GetType().Name})",
        _ => $"a value of type {value.GetType().Name}",
    };

    private static string? AddNumber(DoubleBuffer buffer, object value, bool isLoose)
    {
        double? number = value switch
        {
            double real => real,
            float real => real,
            decimal real => DecimalNumber.ToDouble(real),
            ulong whole => whole,
            TimeSpan span => span.TotalSeconds,
            TimeOnly time => time.ToTimeSpan().TotalSeconds,
            string text when isLoose && CellParser.TryParse(text, out double parsed) => parsed,
            _ => TryWhole(value, out long whole) ? whole : null,
        };
        if (number is null)
            return $"{Printable(value)} is not a number";
        if (double.IsInfinity(number.Value))
            return $"{Printable(value)} is infinite; replace it with a large finite number, or leave it missing";
        buffer.Add(number.Value);
        return null;
    }

    private static string? AddWhole(Int64Buffer buffer, object value, bool isLoose)
    {
        if (!TryWhole(value, out long whole)
            && !(value is double or float or decimal && TryIntegral(value, out whole))
            && !(isLoose && value is string text && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out whole)))
        {
            return $"{Printable(value)} is not a whole number of 64 bits";
        }

        buffer.Add(whole);
        return null;
    }

    private static string? AddSingle(SingleBuffer buffer, object value)
    {
        if (value is not float number || float.IsInfinity(number))
            return $"{Printable(value)} is not a finite number of single precision";
        buffer.Add(number);
        return null;
    }

    private static string? AddBoolean(BooleanBuffer buffer, object value, bool isLoose)
    {
        bool? yes = value switch
        {
            bool known => known,
            string text when isLoose && bool.TryParse(text, out bool parsed) => parsed,
            string text when isLoose && text is "0" or "1" => text == "1",
            _ => isLoose && TryWhole(value, out long whole) && whole is 0 or 1 ? whole == 1 : null,
        };
        if (yes is null)
            return $"{Printable(value)} is neither true nor false";
        buffer.Add(yes.Value);
        return null;
    }

    private static string? AddTime(DateTimeBuffer buffer, object value)
    {
        bool? added = value switch
        {
            DateTime time => buffer.TryAdd(time),
            DateTimeOffset time => buffer.TryAdd(time.UtcTicks, isUtc: true),
            DateOnly date => buffer.TryAdd(date.ToDateTime(TimeOnly.MinValue).Ticks, isUtc: false),
            string text => IsoDateTime.TryParse(text.AsSpan().Trim(), out long ticks, out bool isUtc) ? buffer.TryAdd(ticks, isUtc) : null,
            _ => null,
        };
        return added switch
        {
            null => $"{Printable(value)} is not {IsoDateTime.Expected}",
            false => $"{Printable(value)}: {buffer.Mismatch}",
            _ => null,
        };
    }

    private static string? AddWord(CategoryBuffer buffer, object value, bool isLoose)
    {
        string? word = value switch
        {
            string text => text,
            char character => character.ToString(),
            Guid guid => guid.ToString(),
            bool yes when isLoose => yes ? "true" : "false",
            double or float or decimal or TimeSpan or TimeOnly or DateTime or DateTimeOffset or DateOnly when isLoose => Text((IFormattable)value),
            _ => isLoose && (value is ulong || TryWhole(value, out _)) ? Text((IFormattable)value) : null,
        };
        if (word is null)
            return $"{Printable(value)} is not text, which a category needs";
        buffer.Add(word);
        return null;
    }

    private static string Text(IFormattable value) =>
        value.ToString(value is DateTime or DateTimeOffset or DateOnly ? "O" : null, CultureInfo.InvariantCulture);

    private static bool TryWhole(object value, out long whole)
    {
        (bool isWhole, whole) = value switch
        {
            long number => (true, number),
            int number => (true, number),
            short number => (true, number),
            sbyte number => (true, number),
            byte number => (true, number),
            ushort number => (true, number),
            uint number => (true, number),
            ulong number => (number <= long.MaxValue, unchecked((long)number)),
            _ => (false, 0L),
        };
        return isWhole;
    }

    /// <summary>Fractions that are none, as far as each whole number has a type of its own.</summary>
    private static bool TryIntegral(object value, out long whole)
    {
        const double Exact = 1L << 53;
        whole = 0;
        if (value is decimal number)
        {
            if (number != decimal.Truncate(number) || number is < long.MinValue or > long.MaxValue)
                return false;
            whole = (long)number;
            return true;
        }

        double real = value is float single ? single : (double)value;
        if (real != Math.Truncate(real) || Math.Abs(real) > Exact)
            return false;
        whole = (long)real;
        return true;
    }
}
