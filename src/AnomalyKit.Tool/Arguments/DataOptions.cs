using System.CommandLine;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Arguments;

/// <summary>The argument DATA and how it is read.</summary>
internal sealed class DataOptions
{
    private readonly Option<string> _delimiter = new("--delimiter") { Description = "What separates cells of CSV; by default what the file seems to use. 'tab' for a tab.", HelpName = "CHAR" };
    private readonly Option<string> _decimal = new("--decimal") { Description = "The decimal mark of CSV numbers: '.' (the default) or ','.", HelpName = "CHAR" };
    private readonly Option<string> _thousands = new("--thousands") { Description = "What may stand between groups of three digits of CSV numbers: ',', '.', an apostrophe or 'space'; by default nothing.", HelpName = "CHAR" };
    private readonly Option<string[]> _currency = ListOption.Create("--currency", "Signs or words beside CSV numbers that do not change them, such as € or EUR.", "SIGN");
    private readonly Option<string[]> _localColumns = ListOption.Create("--local-columns", "The columns whose numbers are written as --decimal, --thousands and --currency say; by default all. The numbers of the others have a point.");
    private readonly Option<string[]> _dateFormats = new("--date-format")
    {
        Description = "How dates of CSV are written where not as ISO 8601, for example 'dd.MM.yyyy HH:mm'; once for each format. Year y, month M, day d, hour H (of 12: h, with tt), minute m, second s.",
        HelpName = "FORMAT",
        DefaultValueFactory = _ => [],
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string> _encoding = new("--encoding") { Description = "The encoding of CSV, such as windows-1252; by default UTF-8, or what a byte order mark says.", HelpName = "NAME" };
    private readonly Option<bool> _noHeader = new("--no-header") { Description = "The first line of CSV is data; columns are named f0, f1, …" };
    private readonly Option<bool> _skipBadRows = new("--skip-bad-rows") { Description = "Skips CSV rows that cannot be read and reports how many there were, instead of stopping at the first one." };
    private readonly Option<string[]> _missingMarks = ListOption.Create("--missing-marks", "Words of CSV that stand for a missing cell, besides the empty cell and the customary ones.");

    public Argument<string[]> Data { get; } = new("DATA")
    {
        Description = "Files, folders or patterns of CSV (.gz too), Parquet or Arrow; '-' for standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    public Option<string> Format { get; } = new("--format") { Description = "What the files hold, where their names do not say it: csv, parquet, arrow.", HelpName = "FORMAT" };

    public DataOptions() => Data.Validators.Add(PathArgument.RefuseOptions);

    /// <summary>Adds the options to a command; the argument is added by itself, because order counts.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[Format, _delimiter, _decimal, _thousands, _currency, _localColumns, _dateFormats, _encoding, _noHeader, _skipBadRows, _missingMarks])
            command.Options.Add(option);
    }

    public TableFiles Files(ParseResult parsed) => TableFiles.Find(parsed.GetValue(Data)!, FormatOf(parsed));

    /// <summary>The options of reading that were typed.</summary>
    public string[] Given(ParseResult parsed) =>
        GivenOptions.Of(parsed, Format.Name, _delimiter.Name, _decimal.Name, _thousands.Name, _currency.Name, _localColumns.Name, _dateFormats.Name, _encoding.Name, _noHeader.Name, _skipBadRows.Name, _missingMarks.Name);

    /// <summary>What the files hold, where it was said.</summary>
    public TableFormat? FormatOf(ParseResult parsed) => parsed.GetValue(Format) is { } name ? FormatOption.Parse(name) : null;

    /// <summary>How files are read.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="say">Receives a line for each row that is skipped.</param>
    /// <param name="threads">The most threads that read.</param>
    public TableReadOptions Reading(ParseResult parsed, Action<string> say, int threads = -1)
    {
        try
        {
            return new TableReadOptions { Csv = Csv(parsed, say, threads) };
        }
        catch (ArgumentException e)
        {
            throw new UsageException(ErrorText.Of(e));
        }
    }

    private CsvTableOptions Csv(ParseResult parsed, Action<string> say, int threads)
    {
        var csv = new CsvTableOptions { HasHeader = !parsed.GetValue(_noHeader), MaxDegreeOfParallelism = threads };
        if (parsed.GetValue(_delimiter) is { } delimiter)
            csv = csv with { Delimiter = Character("--delimiter", delimiter is "tab" or "\\t" ? "\t" : delimiter) };
        if (parsed.GetValue(_decimal) is { } mark)
            csv = csv with { DecimalSeparator = Character("--decimal", mark) };
        if (parsed.GetValue(_thousands) is { } thousands)
            csv = csv with { ThousandsSeparator = Character("--thousands", thousands == "space" ? " " : thousands) };
        if (csv.DecimalSeparator == csv.ThousandsSeparator)
            throw new UsageException($"'{csv.DecimalSeparator}' cannot be both --decimal and --thousands; a decimal point is the default.");
        if (parsed.GetValue(_currency) is { Length: > 0 } signs)
            csv = csv with { CurrencySigns = signs };
        if (parsed.GetValue(_localColumns) is { Length: > 0 } columns)
        {
            if (csv is { DecimalSeparator: '.', ThousandsSeparator: null, CurrencySigns.Count: 0 })
                throw new UsageException("--local-columns names the columns that --decimal, --thousands and --currency hold for. Give one of these, too.");
            csv = csv with { LocalNumberColumns = columns };
        }

        if (parsed.GetValue(_encoding) is { } encoding)
            csv = csv with { EncodingName = encoding };
        if (parsed.GetValue(_dateFormats) is { Length: > 0 } formats)
            csv = csv with { DateFormats = formats };
        if (parsed.GetValue(_missingMarks) is { Length: > 0 } marks)
            csv = csv with { MissingMarks = [.. csv.MissingMarks.Union(marks)] };
        if (parsed.GetValue(_skipBadRows))
            csv = csv with { BadRows = CsvBadRows.Skip, BadRowReport = row => say($"skipped: {row}") };
        return csv;
    }

    private static char Character(string option, string text) => text.Length == 1
        ? text[0]
        : throw new UsageException($"{option} takes one character, not '{text}'.");
}
