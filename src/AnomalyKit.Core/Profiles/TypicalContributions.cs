using MathNet.Numerics.Statistics;

namespace AnomalyKit.Profiles;

/// <summary>What each column contributes to an ordinary row, and how much that differs from row to row.</summary>
internal sealed class TypicalContributions
{
    /// <summary>One row in ten contributes more than this quantile: columns that are 0 in most rows have a spread, too.</summary>
    public const double High = 0.9;

    // A share of the mean spread that is added to every column's: a column that hardly ever moves the score is no reason for little.
    private const double CommonShare = 0.1;

    private readonly double[] _medians;
    private readonly double[] _spreads;
    private readonly TypicalLevels?[] _levels;
    private readonly double _common;

    private TypicalContributions(double[] medians, double[] spreads, TypicalLevels?[] levels, double common) => (_medians, _spreads, _levels, _common) = (medians, spreads, levels, common);

    /// <summary>Of columns that nothing is known of.</summary>
    public static TypicalContributions Unknown { get; } = new([], [], [], 0);

    /// <summary>Medians, and how far the 90 % quantiles lie above them; of the levels of a column, too, where it has some.</summary>
    /// <param name="contributions">Row after row, one number per column.</param>
    /// <param name="cells">Row after row, the cells that the detector sees.</param>
    /// <param name="rows">The number of rows, at least 1.</param>
    /// <param name="levelCells">For each column, the cells that tell its level; none for a column that has no levels.</param>
    /// <param name="wrong">For each row, the columns whose cells the detector finds to be wrong; of columns with levels only.</param>
    public static TypicalContributions Of(double[] contributions, float[] cells, int rows, int[][] levelCells, int[][] wrong)
    {
        int columns = levelCells.Length;
        var medians = new double[columns];
        var spreads = new double[columns];
        var levels = new TypicalLevels?[columns];
        for (int column = 0; column < columns; column++)
        {
            var values = new double[rows];
            for (int row = 0; row < rows; row++)
                values[row] = contributions[(row * columns) + column];
            levels[column] = levelCells[column].Length > 0 ? TypicalLevels.Of(levelCells[column], cells, values, Array.ConvertAll(wrong, found => found.Contains(column))) : null;
            Array.Sort(values);
            medians[column] = SortedArrayStatistics.Median(values);
            spreads[column] = values[(int)(High * (rows - 1))] - medians[column];
        }

        double common = CommonShare * spreads.Sum() / columns;
        return new TypicalContributions(medians, spreads, levels, common);
    }

    /// <summary>What the columns contribute to an ordinary row that has the levels of this one.</summary>
    /// <param name="cells">The row as the detector sees it.</param>
    public TypicalOfRow Of(ReadOnlySpan<float> cells)
    {
        var spreads = (double[])_spreads.Clone();
        var levels = new TypicalLevel?[_medians.Length];
        for (int column = 0; column < spreads.Length; column++)
        {
            if (_levels[column]?.Of(cells) is { } level)
            {
                levels[column] = level with { Spread = level.Spread + _common };
                // What a rare level contributes to every row that has it is usual for these rows.
                spreads[column] = Math.Max(spreads[column], level.Median - _medians[column] + level.Spread);
            }

            spreads[column] = Wide(spreads[column]);
        }

        return new TypicalOfRow(_medians, spreads, levels);

        double Wide(double spread) => _common > 0 ? spread + _common : 1;
    }
}
