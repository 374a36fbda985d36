namespace AnomalyKit;

public sealed partial record CsvTableOptions
{
    /// <summary>Whether both read the same way: lists by content, callbacks by reference.</summary>
    /// <param name="other">The other options.</param>
    /// <returns>Whether all properties are equal.</returns>
    public bool Equals(CsvTableOptions? other) => other is not null
        && Delimiter == other.Delimiter && Equals(Encoding, other.Encoding) && HasHeader == other.HasHeader && RepeatedNames == other.RepeatedNames
        && Comment == other.Comment && DecimalSeparator == other.DecimalSeparator && ThousandsSeparator == other.ThousandsSeparator
        && CurrencySigns.SequenceEqual(other.CurrencySigns)
        && (LocalNumberColumns is null ? other.LocalNumberColumns is null : other.LocalNumberColumns is not null && LocalNumberColumns.SequenceEqual(other.LocalNumberColumns))
        && DateFormats.SequenceEqual(other.DateFormats) && AssumeUtc == other.AssumeUtc
        && TrueWords.SequenceEqual(other.TrueWords) && FalseWords.SequenceEqual(other.FalseWords)
        && MissingMarks.SequenceEqual(other.MissingMarks) && MissingCategoryMarks.SequenceEqual(other.MissingCategoryMarks)
        && MaxInferenceRows == other.MaxInferenceRows && BadRows == other.BadRows && MaxSkippedRows == other.MaxSkippedRows && MaxRows == other.MaxRows && MaxDegreeOfParallelism == other.MaxDegreeOfParallelism
        && Equals(BadRowReport, other.BadRowReport) && Equals(Progress, other.Progress);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(
        Delimiter, HasHeader, DecimalSeparator, ThousandsSeparator, CurrencySigns.Count, DateFormats.Count, MissingMarks.Count, MaxRows);
}
