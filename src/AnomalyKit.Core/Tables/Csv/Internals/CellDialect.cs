namespace AnomalyKit.Csv;

/// <summary>What texts mean in the cells of a file: numbers, dates, yes and no, missing.</summary>
internal sealed class CellDialect
{
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _marks;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _categoryMarks;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _trueWords;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _falseWords;
    private readonly NumberText _localNumbers;
    private readonly NumberText _plainNumbers = new(new CsvTableOptions());
    private readonly IReadOnlyList<string>? _localColumns;
    private readonly bool _hasCategoryMarks;
    private readonly int _longestMark;
    private readonly bool _marksEndInDigits;

    public CellDialect(CsvTableOptions options)
    {
        _localNumbers = new NumberText(options);
        _localColumns = options.LocalNumberColumns;
        Dates = new DateText(options);
        _marks = Lookup(options.MissingMarks, StringComparer.OrdinalIgnoreCase);
        _longestMark = options.MissingMarks.Select(mark => mark.Length).DefaultIfEmpty(0).Max();
        _marksEndInDigits = options.MissingMarks.Any(mark => char.IsAsciiDigit(mark[^1]));
        _categoryMarks = Lookup(options.MissingCategoryMarks, StringComparer.Ordinal);
        _hasCategoryMarks = options.MissingCategoryMarks.Count > 0;
        _trueWords = Lookup(options.TrueWords, StringComparer.OrdinalIgnoreCase);
        _falseWords = Lookup(options.FalseWords, StringComparer.OrdinalIgnoreCase);
        BooleanWords = string.Join(", ", options.TrueWords.Concat(options.FalseWords));
        if (options.TrueWords.FirstOrDefault(word => _falseWords.Contains(word)) is { } both)
            throw new ArgumentException($"'{both}' is one of the TrueWords and of the FalseWords.", nameof(options));
    }

    public DateText Dates { get; }

    /// <summary>The words for yes and no, for messages.</summary>
    public string BooleanWords { get; }

    /// <summary>Whether a text that ends in a digit may mark a missing cell.</summary>
    public bool HasMarksLikeNumbers => _marksEndInDigits;

    /// <summary>How the numbers of a column are written.</summary>
    public NumberText NumbersOf(string column) => _localColumns?.Contains(column) == false ? _plainNumbers : _localNumbers;

    /// <summary>Whether a text marks a missing number, boolean or date.</summary>
    public bool IsMark(ReadOnlySpan<char> text) =>
        // Most cells are numbers, which need not be looked up.
        text.Length <= _longestMark && (_marksEndInDigits || !char.IsAsciiDigit(text[^1])) && _marks.Contains(text);

    /// <summary>Whether a text that is not quoted marks a missing category.</summary>
    public bool IsCategoryMark(ReadOnlySpan<char> text) => _hasCategoryMarks && _categoryMarks.Contains(text);

    /// <summary>Reads yes or no; digits only where they are allowed.</summary>
    public bool TryBoolean(ReadOnlySpan<char> text, bool allowDigits, out bool value)
    {
        value = _trueWords.Contains(text) || (allowDigits && text is "1");
        return value || _falseWords.Contains(text) || (allowDigits && text is "0");
    }

    private static HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup(IReadOnlyList<string> words, StringComparer comparer) =>
        new HashSet<string>(words, comparer).GetAlternateLookup<ReadOnlySpan<char>>();
}
