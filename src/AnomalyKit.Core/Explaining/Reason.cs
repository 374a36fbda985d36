namespace AnomalyKit;

/// <summary>A column that speaks against a row, in words.</summary>
public sealed class Reason
{
    internal Reason(ColumnContribution contribution, string value, string sentence)
    {
        ColumnName = contribution.Name;
        Contribution = contribution.Contribution;
        Value = value;
        Sentence = sentence;
    }

    /// <summary>The column.</summary>
    public string ColumnName { get; }

    /// <summary>
    /// What it contributed, in the unit of the explained value. It is above 0, except where the detector found the cell itself to be wrong (<see cref="DeviatingCell"/>): a value at the middle of its column can
    /// be wrong for its row and contribute nothing.
    /// </summary>
    public double Contribution { get; }

    /// <summary>
    /// What the column contributes to an ordinary row: the median over training rows that the detector's profile keeps, in the unit of <see cref="Contribution"/>. Reasons are ordered by how far
    /// <see cref="Contribution"/> lies above it, over the square root of how far one training row in ten does, or, of a category or boolean, one in ten with the row's level if that is further. Null where the detector keeps no such rows or takes too long for each, and where contributions are measured from background rows.
    /// </summary>
    public double? TypicalContribution { get; internal set; }

    /// <summary>The row's value as it stands in the row: the shortest text that reads back as the same number; <c>missing</c> for a missing cell.</summary>
    public string Value { get; }

    /// <summary>
    /// How rare the value is among the training rows that have one: the fraction whose value is at least as far out on the same side, or that have the same level; from 0 to 1. It is 0 only where no
    /// training row is as far out, or none has the level. Otherwise it is an estimate from the profile or, for what is rarer than the profile can tell, an upper bound, which holds with a probability
    /// of 99 % where the profile sampled the rows. If the detector looks only at parts of a date that come round again, it is the fraction of the rows that share the rarest of these parts: the hour, the weekday or
    /// the time of the year. Null where the detector keeps no profile. A value can be usual by itself and still be a reason, together with others.
    /// </summary>
    public double? Rarity { get; init; }

    /// <summary>The usual values, as text: of numbers and dates from which to which nine of ten training rows lie, of categories the most frequent one. Null where <see cref="Rarity"/> is, and for dates of which the detector looks only at parts that come round again.</summary>
    public string? Usual { get; init; }

    /// <summary>
    /// The value that the rest of the row leads the detector to expect here, in the unit of <see cref="Value"/>; of a date the ticks. The rest are the cells that are no reasons of their own, so that one wrong cell
    /// does not mislead about another. Null where the detector does not know it, and for categories and booleans.
    /// </summary>
    public double? Expected { get; internal set; }

    /// <summary>A sentence for people, for example <c>amount is 4750: no training row is as high. 9 in 10 lie from 5 to 120.</c></summary>
    public string Sentence { get; }

    /// <summary>The sentence.</summary>
    /// <returns><see cref="Sentence"/>.</returns>
    public override string ToString() => Sentence;
}
