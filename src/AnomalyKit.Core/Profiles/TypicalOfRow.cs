namespace AnomalyKit.Profiles;

/// <summary>What the columns contribute to an ordinary row that has the levels of a given one.</summary>
internal sealed class TypicalOfRow
{
    // Of how far the loudest column goes beyond what is typical. The louder a row is, the more many methods give to each of its columns, whether it has to do with it or not.
    private const double LoudPart = 0.2;

    private readonly double[] _medians;
    private readonly double[] _spreads;
    private readonly TypicalLevel?[] _levels;

    /// <param name="medians">One per column.</param>
    /// <param name="spreads">How far one ordinary row in ten goes beyond it, or, if that is more, one in ten with the level of this row; above 0.</param>
    /// <param name="levels">One per column: what its level contributes to ordinary rows; null if the column has no levels, or too few rows with this one are known.</param>
    public TypicalOfRow(double[] medians, double[] spreads, TypicalLevel?[] levels) => (_medians, _spreads, _levels) = (medians, spreads, levels);

    /// <summary>What a column contributes to an ordinary row: the median.</summary>
    public double Of(int column) => _medians[column];

    /// <summary>
    /// How much a contribution tells: how far it lies above the typical one, over the root of the spread. What is rare for its column counts for more, and what is large is not passed over for it.
    /// </summary>
    public double Weight(int column, double contribution) => (contribution - _medians[column]) / Math.Sqrt(_spreads[column]);

    /// <summary>Whether there is more against a column than in ordinary rows, of a level in ordinary rows that have it, and not only because the whole row is loud.</summary>
    /// <param name="column">The column.</param>
    /// <param name="contributions">Those of all columns of the row.</param>
    public bool IsLoud(int column, ReadOnlySpan<double> contributions)
    {
        double loudest = 0;
        for (int other = 0; other < _medians.Length; other++)
            loudest = Math.Max(loudest, contributions[other] - _medians[other]);
        double beyond = contributions[column] - (_levels[column]?.Median ?? _medians[column]);
        return beyond > (_levels[column]?.Spread ?? 0) && beyond >= LoudPart * loudest;
    }

    /// <summary>Whether the column is loud, and the level that the row has in it is known. False where too few rows with this level are known.</summary>
    /// <param name="column">The column.</param>
    /// <param name="contributions">Those of all columns of the row.</param>
    public bool IsLouderThanItsLevel(int column, ReadOnlySpan<double> contributions) => _levels[column] is not null && IsLoud(column, contributions);

    /// <summary>Whether the detector finds the cell of a column to be wrong in most ordinary rows that have the level of this one: then that says nothing about this row.</summary>
    public bool IsUsuallyWrong(int column) => _levels[column] is { IsWrongInMost: true };
}
