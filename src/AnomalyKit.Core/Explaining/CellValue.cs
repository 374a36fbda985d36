using System.Globalization;

namespace AnomalyKit.Explaining;

/// <summary>A value of a row: a number (of a date the ticks, of a boolean 0 or 1), or the word of a category; NaN without a word is missing.</summary>
internal readonly record struct CellValue(ColumnKind Kind, double Number, string? Word = null)
{
    /// <summary>The last tick that a date has room for, as a double that does not lie beyond it.</summary>
    public const double LastTick = 3155378975999999488;

    /// <summary>Of a date, its ticks.</summary>
    public long Ticks => (long)Math.Clamp(Number, 0, LastTick);

    public bool IsMissing => Word is null && double.IsNaN(Number);

    public bool HasNumber => Kind is ColumnKind.Number or ColumnKind.DateTime;

    /// <summary>The value as it stands in the row, so that people find it there.</summary>
    public override string ToString() => Text(NumberText.Full);

    /// <summary>The value as a statistic: numbers with five digits.</summary>
    public string ToRoundedString() => Text(NumberText.Rounded);

    /// <summary>Another number in the place of this one, with as many digits as tell the two apart: for example <c>about 12.3</c>.</summary>
    public string ToAboutString(double number) => $"about {(Kind == ColumnKind.DateTime ? (this with { Number = number }).ToString() : NumberText.About(number, Number))}";

    private string Text(Func<double, string> ofNumber) => this switch
    {
        { IsMissing: true } => "missing",
        { Word: { } word } => word,
        { Kind: ColumnKind.DateTime } => Date(Ticks),
        { Kind: ColumnKind.Boolean } => Number != 0 ? "true" : "false",
        _ => ofNumber(Number),
    };

    private static string Date(long ticks)
    {
        var date = new DateTime(ticks);
        return date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
