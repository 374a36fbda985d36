using System.Globalization;

namespace AnomalyKit.Csv;

/// <summary>Finds the options that read numbers which are not written as code writes them: <c>1,5</c>, <c>1.234,56</c>, <c>£1,234.50</c>.</summary>
/// <remarks>What is advised can be read: a way to write numbers counts only if <see cref="NumberText"/> reads all the texts by it. The order of the texts does not matter.</remarks>
/// <param name="given">The options that do not read them.</param>
internal sealed class LocalNumbers(CsvTableOptions given)
{
    // Simpler ones first: the first one that fits is advised.
    private static readonly (char Decimal, char? Thousands)[] Ways =
        [('.', null), (',', null), ('.', ','), (',', '.'), ('.', '\''), ('.', ' '), (',', ' '), (',', '\'')];

    private const uint AllWays = 0xFF;
    private const int DecimalComma = 1;
    private const int ThousandsComma = 2;

    private readonly SortedSet<string> _signs = new(StringComparer.Ordinal);
    private readonly NumberText?[] _readers = new NumberText?[Ways.Length];
    private uint _fitting = AllWays;
    private string? _first;

    /// <summary>The options that read a single cell.</summary>
    public static string AdviceFor(ReadOnlySpan<char> text, CsvTableOptions given)
    {
        var numbers = new LocalNumbers(given);
        numbers.See(text);
        return numbers.Advice();
    }

    /// <summary>Looks at what may be a number with a unit beside it.</summary>
    /// <returns>Whether it is one, written in any way.</returns>
    public bool TrySee(ReadOnlySpan<char> text, string unit)
    {
        bool isNew = unit.Length > 0 && _signs.Add(unit);
        if (isNew)
            Array.Clear(_readers);
        uint ways = WaysOf(text, _fitting);
        bool isNumber = ways != 0 || WaysOf(text, ~_fitting & AllWays) != 0;
        if (isNumber)
        {
            Narrow(text, ways);
        }
        else if (isNew)
        {
            _signs.Remove(unit);
            Array.Clear(_readers);
        }

        return isNumber;
    }

    /// <summary>Looks at a text that <see cref="LocalNumber.Looks"/> takes for a number.</summary>
    public void See(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (char.GetUnicodeCategory(c) == UnicodeCategory.CurrencySymbol && _signs.Add(c.ToString()))
                Array.Clear(_readers);
        }

        Narrow(text, WaysOf(text, _fitting));
    }

    private uint WaysOf(ReadOnlySpan<char> text, uint candidates)
    {
        for (int way = 0; way < Ways.Length; way++)
        {
            if ((candidates & (1u << way)) != 0 && !Reader(way).TryParse(text, out _))
                candidates &= ~(1u << way);
        }

        return candidates;
    }

    private void Narrow(ReadOnlySpan<char> text, uint ways)
    {
        _fitting = ways;
        // Ordinal, so that the message does not depend on the order of rows.
        if (text.Contains(',') && (_first is null || text.SequenceCompareTo(_first) < 0))
            _first = CsvErrors.Printable(text);
    }

    /// <summary>Looks at a text that the options do read: whoever follows the advice wants it read, too.</summary>
    public void SeeRead(ReadOnlySpan<char> text)
    {
        // Without the mark all ways read it; and once one text has shown that the mark is the decimal one, no other can say more.
        if (!text.Contains(given.DecimalSeparator))
            return;
        for (int way = 0; way < Ways.Length; way++)
        {
            if ((_fitting & (1u << way)) != 0 && Ways[way].Decimal != given.DecimalSeparator && !Reader(way).TryParse(text, out _))
                _fitting &= ~(1u << way);
        }
    }

    /// <summary>The options to set.</summary>
    /// <returns>For example <c>CsvTableOptions.ThousandsSeparator = ',' and CsvTableOptions.CurrencySigns = ["£"]</c>; both meanings of a comma where the texts do not tell them apart.</returns>
    public string Advice()
    {
        if (_fitting == 0)
            return "they are written in several ways, and no options read all of them; correct the column first";
        int way = int.TrailingZeroCount((int)_fitting);
        return way == DecimalComma && (_fitting & (1u << ThousandsComma)) != 0
            ? $"{Options(DecimalComma)} if a fraction follows the comma of '{_first}', or {Options(ThousandsComma)} if the comma separates thousands"
            : Options(way);
    }

    /// <summary>What else to do where other columns have a decimal point, as a sentence behind another; nothing where the options do not touch them.</summary>
    public string WhereOthersDiffer() => Simplest() is { } options && options.DecimalSeparator != given.DecimalSeparator
        ? " If the numbers of other columns have a point, name the columns with the comma (CsvTableOptions.LocalNumberColumns)."
        : string.Empty;

    /// <summary>The simplest options that read all the texts; null where none does.</summary>
    public CsvTableOptions? Simplest() => _fitting == 0 ? null : OptionsOf(int.TrailingZeroCount((int)_fitting));

    private string Options(int way)
    {
        var (point, thousands) = Ways[way];
        var options = new List<string>();
        if (point != given.DecimalSeparator)
            options.Add($"CsvTableOptions.DecimalSeparator = '{point}'");
        if (thousands is { } mark && mark != given.ThousandsSeparator)
            options.Add($"CsvTableOptions.ThousandsSeparator = '{(mark == '\'' ? "\\'" : mark)}'");
        else if (given.ThousandsSeparator == point)
            options.Add("CsvTableOptions.ThousandsSeparator = null");
        if (_signs.Except(given.CurrencySigns).Any())
            options.Add($"CsvTableOptions.CurrencySigns = [{string.Join(", ", given.CurrencySigns.Union(_signs).Select(sign => $"\"{sign}\""))}]");
        return string.Join(" and ", options);
    }

    private NumberText Reader(int way) => _readers[way] ??= new NumberText(OptionsOf(way));

    private CsvTableOptions OptionsOf(int way) => given with
    {
        DecimalSeparator = Ways[way].Decimal,
        ThousandsSeparator = Ways[way].Thousands,
        CurrencySigns = [.. given.CurrencySigns.Union(_signs)],
    };
}
