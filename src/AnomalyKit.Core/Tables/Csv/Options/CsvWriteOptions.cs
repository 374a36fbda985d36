namespace AnomalyKit;

/// <summary>How a table is written as CSV.</summary>
/// <remarks>The defaults are those that every program reads. For people who open the file in a spreadsheet, <see cref="DecimalSeparator"/> and <see cref="GuardsFormulas"/> follow what spreadsheets do.</remarks>
public sealed record CsvWriteOptions
{
    /// <summary>What separates the cells; by default ',', and ';' where the decimal mark is a comma.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The decimal mark of numbers: '.' (the default) or ','. Spreadsheets of many countries expect a comma.</summary>
    public char DecimalSeparator { get; init; } = '.';

    /// <summary>Whether words that a spreadsheet would take for a formula, such as <c>=1+1</c>, get an apostrophe in front; false by default. Numbers and dates stay as they are.</summary>
    /// <remarks>Words from outside may hold formulas that send cells elsewhere when the file is opened. Such words are not read back as they were.</remarks>
    public bool GuardsFormulas { get; init; }

    internal char ActualDelimiter => Delimiter ?? (DecimalSeparator == ',' ? ';' : ',');

    internal void Validate()
    {
        if (ActualDelimiter == ' ' || !CsvOptions.CanDelimit(ActualDelimiter))
            throw new ArgumentOutOfRangeException(nameof(Delimiter), ActualDelimiter, "The delimiter must be an ASCII character such as ',', ';', '|' or a tab.");
        if (DecimalSeparator is not ('.' or ','))
            throw new ArgumentOutOfRangeException(nameof(DecimalSeparator), DecimalSeparator, "The decimal mark must be '.' or ','.");
        if (DecimalSeparator == ActualDelimiter)
            throw new ArgumentException($"'{DecimalSeparator}' cannot be both the decimal mark and the delimiter. Choose another delimiter, such as ';'.", nameof(Delimiter));
    }
}
