namespace AnomalyKit;

/// <summary>What becomes of a missing cell when a table is prepared for a detector.</summary>
/// <remarks>Whatever a rule computes (a median, the most frequent level) is found in the rows of the fit and kept: a later cell is filled in with the same value, whatever the rows beside it.</remarks>
public sealed record MissingCells
{
    private MissingCells(MissingRule rule) => Rule = rule;

    /// <summary>A missing cell is an error that names row and column. The default.</summary>
    public static MissingCells Refuse { get; } = new(MissingRule.Refuse);

    /// <summary>The median of the column; the most frequent value in columns of categories and booleans. Of dates, the median of the cells of each part.</summary>
    public static MissingCells Median { get; } = new(MissingRule.Median);

    /// <summary>The mean of the column; the most frequent value in columns of categories and booleans. Of dates, the mean of the cells of each part.</summary>
    public static MissingCells Mean { get; } = new(MissingRule.Mean);

    /// <summary>The most frequent value of the column, of several the least (of words, the first in ordinal order). Of dates, that of the cells of each part.</summary>
    public static MissingCells MostFrequent { get; } = new(MissingRule.MostFrequent);

    /// <summary>The cell stays missing, for trainers that can use that: their <c>AcceptsMissing</c> says so.</summary>
    public static MissingCells Native { get; } = new(MissingRule.Native);

    /// <summary>How rules are written as text, for help texts and messages.</summary>
    /// <value>For example <c>median</c> and <c>constant:VALUE</c>; each may be followed by <c>,indicator</c>.</value>
    public static IReadOnlyList<string> TextForms { get; } = ["refuse", "median", "mean", "most-frequent", "native", "constant:VALUE"];

    /// <summary>Whether a further column says of each row whether the cell was missing, 1 or 0. It is made for columns with a missing cell among the rows of the fit.</summary>
    public bool HasIndicator { get; private init; }

    internal MissingRule Rule { get; }

    internal double Number { get; private init; } = double.NaN;

    internal string? Word { get; private init; }

    /// <summary>A number, or in a column of categories a level of its own of that name.</summary>
    /// <param name="value">A finite number.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite.</exception>
    public static MissingCells Constant(double value) => double.IsFinite(value)
        ? new MissingCells(MissingRule.Constant) { Number = value, Word = value.ToString("R", System.Globalization.CultureInfo.InvariantCulture) }
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A missing cell can be filled in with a finite number only.");

    /// <summary>A level of a column of categories, for example <c>missing</c>; it need not occur in the rows of the fit. Other columns refuse it.</summary>
    /// <param name="level">The level.</param>
    /// <returns>The rule.</returns>
    public static MissingCells Constant(string level)
    {
        ArgumentNullException.ThrowIfNull(level);
        return new MissingCells(MissingRule.Constant) { Word = level };
    }

    /// <summary>The same rule, with a further column that says whether the cell was missing: see <see cref="HasIndicator"/>.</summary>
    /// <returns>A new rule.</returns>
    public MissingCells WithIndicator() => this with { HasIndicator = true };

    /// <summary>Reads a rule.</summary>
    /// <param name="text">
    /// One of <see cref="TextForms"/>, for example <c>median</c>, <c>constant:-1</c>, <c>constant:unknown</c>; with an indicator <c>median,indicator</c>. Case and dashes do not matter.
    /// A constant that is a number is one, unless it stands in quotation marks: <c>constant:"7"</c> is a level.
    /// </param>
    /// <returns>The rule.</returns>
    /// <exception cref="FormatException">The text is none of the forms. The message is one line that says what can be written.</exception>
    public static MissingCells Parse(string text) => MissingText.Read(text);

    /// <summary>The text that <see cref="Parse"/> reads back.</summary>
    /// <returns>For example <c>median,indicator</c>.</returns>
    public string ToText() => MissingText.Write(this);

    /// <summary>The rule in words.</summary>
    /// <returns>For example <c>median, with indicator</c>.</returns>
    public override string ToString()
    {
        string rule = Rule switch
        {
            MissingRule.Constant => $"constant {Word}",
            MissingRule.MostFrequent => "most frequent",
            _ => Rule.ToString().ToLowerInvariant(),
        };
        return HasIndicator ? rule + ", with indicator" : rule;
    }
}
