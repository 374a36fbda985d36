using System.Globalization;

namespace AnomalyKit.Explaining;

/// <summary>A value of a row: a number (of a date the ticks, of a boolean 0 or 1), or the word of a category; NaN without a word is missing.</summary>
internal readonly record struct CellValue(ColumnKind Kind, double Number, string? Word = null)
{
    public bool IsMissing => Word is null && double.IsNaN(Number);

    public bool HasNumber => Kind is ColumnKind.Number or ColumnKind.DateTime;

    /// <summary>The value as people read it.</summary>
    public override string ToString() => this switch
    {
        { IsMissing: true } => "missing",
        { Word: { } word } => word,
        { Kind: ColumnKind.DateTime } => Date(Number),
        { Kind: ColumnKind.Boolean } => Number != 0 ? "true" : "false",
        _ => Text(Number),
    };

    /// <summary>A whole number in full, another with five digits.</summary>
    private static string Text(double number) => Math.Abs(number) < 1e15 && number == Math.Floor(number)
        ? number.ToString("0", CultureInfo.InvariantCulture)
        : number.ToString("G5", CultureInfo.InvariantCulture);

    private static string Date(double ticks)
    {
        var date = new DateTime((long)Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks));
        return date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
