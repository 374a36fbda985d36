namespace AnomalyKit.Csv;

/// <summary>A way to write a date.</summary>
/// <param name="Text">The format, with one digit for day and month where one is enough; it reads two, too.</param>
/// <param name="Order">What comes first.</param>
internal sealed record LocalDatePattern(string Text, LocalDateOrder Order)
{
    private const int PaddedLength = 8;

    private readonly bool _isDoubtful = Text is "d.M.yy" or "d-M-yy" or "M-d-yy";

    /// <summary>Whether a text is a date even if no time stands behind it: <c>1.2.10</c> is a version, or a section of a book.</summary>
    public bool CanStandAlone(ReadOnlySpan<char> date) => !_isDoubtful || date.Length == PaddedLength;
}
