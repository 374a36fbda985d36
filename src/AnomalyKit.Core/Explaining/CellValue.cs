using System.Globalization;

namespace AnomalyKit.Explaining;

/// <summary>A value of a row: a number (of a date the ticks, of a boolean 0 or 1), or the word of a category; NaN without a word is missing.</summary>
internal readonly record struct CellValue(ColumnKind Kind, double Number, string? Word = null)
{
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
        { Kind: ColumnKind.DateTime } => Date(Number),
        { Kind: ColumnKind.Boolean } => Number != 0 ? "true" : "false",
        _ => ofNumber(Number),
    };

    private static string Date(double ticks)
    {
        var date = new DateTime((long)Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks));
        return date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
