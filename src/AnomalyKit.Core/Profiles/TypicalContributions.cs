namespace AnomalyKit.Profiles;

/// <summary>What each column contributes to an ordinary row, and how much that differs from row to row.</summary>
internal sealed class TypicalContributions
{
    // One row in ten contributes more than this quantile: columns that are 0 in most rows have a spread, too.
    private const double High = 0.9;

    // A share of the mean spread that is added to every column's: a column that hardly ever moves the score is no reason for little.
    private const double CommonShare = 0.1;

    private readonly double[] _medians;
    private readonly double[] _spreads;

    private TypicalContributions(double[] medians, double[] spreads) => (_medians, _spreads) = (medians, spreads);

    /// <summary>Of columns that nothing is known of.</summary>
    public static TypicalContributions Unknown { get; } = new([], []);

    /// <summary>Medians, and how far the 90 % quantiles lie above them.</summary>
    /// <param name="contributions">Row after row, one number per column.</param>
    /// <param name="rows">The number of rows, at least 1.</param>
    public static TypicalContributions Of(double[] contributions, int rows)
    {
        int columns = contributions.Length / rows;
        var medians = new double[columns];
        var spreads = new double[columns];
        var values = new double[rows];
        for (int column = 0; column < columns; column++)
        {
            for (int row = 0; row < rows; row++)
                values[row] = contributions[(row * columns) + column];
            Array.Sort(values);
            medians[column] = (values[(rows - 1) / 2] + values[rows / 2]) / 2;
            spreads[column] = values[(int)(High * (rows - 1))] - medians[column];
        }

        double common = CommonShare * spreads.Sum() / columns;
        return new TypicalContributions(medians, Array.ConvertAll(spreads, spread => common > 0 ? spread + common : 1));
    }

    /// <summary>What a column contributes to an ordinary row: the median.</summary>
    public double Of(int column) => _medians[column];

    /// <summary>
    /// How much a contribution tells: how far it lies above the typical one, over the root of the spread. What is rare for its column counts for more, and what is large is not passed over for it.
    /// </summary>
    public double Weight(int column, double contribution) => (contribution - _medians[column]) / Math.Sqrt(_spreads[column]);
}
