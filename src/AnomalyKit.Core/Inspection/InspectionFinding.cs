namespace AnomalyKit;

/// <summary>Something that you should know about a table before a detector is fitted.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="ColumnNames">The columns that it is about; none where it is about rows.</param>
/// <param name="Message">What was found: one sentence with numbers.</param>
/// <param name="Advice">What AnomalyKit does about it, or what to do: one sentence, with the option of the command <c>anomalykit</c> where there is one.</param>
/// <param name="BlocksFit">Whether a fit with default options refuses the table for it.</param>
public sealed record InspectionFinding(InspectionFindingKind Kind, IReadOnlyList<string> ColumnNames, string Message, string Advice, bool BlocksFit)
{
    /// <summary>Message and advice.</summary>
    /// <returns>Two sentences.</returns>
    public override string ToString() => $"{Message} {Advice}";
}
