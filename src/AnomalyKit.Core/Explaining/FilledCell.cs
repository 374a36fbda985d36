using AnomalyKit.Explaining;

namespace AnomalyKit;

/// <summary>A cell that a row lacks, and what the preparation put in its place (<see cref="TablePreparation.Missing"/>): the detector saw that.</summary>
public sealed record FilledCell
{
    internal FilledCell(string columnName, string standIn, double? missingFraction)
    {
        ColumnName = columnName;
        StandIn = standIn;
        MissingFraction = missingFraction;
    }

    /// <summary>The column of the table.</summary>
    public string ColumnName { get; }

    /// <summary>What stands in its place, as text; numbers are rounded. Of dates, whose parts are filled in each by itself, it says that.</summary>
    public string StandIn { get; }

    /// <summary>The fraction of the training rows that lack it, from 0 to 1; null where the detector keeps no profile.</summary>
    public double? MissingFraction { get; }

    /// <summary>Both in words.</summary>
    /// <returns>For example <c>weight is missing, as in no training row; the model takes 1.9 in its place.</c></returns>
    public override string ToString() => GapText.Of(ColumnName, StandIn, MissingFraction);
}
