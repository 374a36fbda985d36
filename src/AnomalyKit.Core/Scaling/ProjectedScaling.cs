using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Column by column first; where many columns are left, onto orthonormal directions that begin as rows of random signs (D. Achlioptas, <i>Database-Friendly Random Projections</i>, 2003).</summary>
internal sealed record ProjectedScaling : FeatureScaling
{
    private const int MostColumns = 16_384;

    public ProjectedScaling(int columns, FeatureScaling scaling, ulong seed)
    {
        if (columns is < 1 or > MostColumns)
            throw new ArgumentOutOfRangeException(nameof(columns), columns, $"Rows are projected onto 1 to {MostColumns} columns.");
        if (scaling != None && scaling is not (StandardScaling or MinMaxScaling or RobustScaling))
            throw new ArgumentException($"Columns are scaled one by one before they are projected: none, standard, min-max, robust or quantile-range. The scaling '{scaling}' does not.", nameof(scaling));
        Columns = columns;
        Scaling = scaling;
        Seed = seed;
    }

    public int Columns { get; }

    public FeatureScaling Scaling { get; }

    public ulong Seed { get; }

    public override bool AcceptsWeights => true;

    public override FeatureTransform Fit(FeatureMatrix data, FitContext context)
    {
        var scaled = Scaling.Fit(data, context.Part(0, 0.5));
        int columns = data.ColumnCount;
        if (columns <= Columns)
            return scaled;
        if ((long)Columns * columns > Array.MaxLength)
            throw new ArgumentException($"{Columns} directions of {columns} columns are more than memory can hold in one piece. Project onto fewer columns.", nameof(data));
        double[] centers = scaled is ColumnScaling own ? own.Centers.ToArray() : new double[columns];
        double[] scales = scaled is ColumnScaling with ? with.Scales.ToArray() : [.. Enumerable.Repeat(1.0, columns)];
        var finding = new DataFinding(
            DataFindingKind.Projected, [], FormattableString.Invariant($"{columns} columns were projected onto {Columns} random orthonormal directions."));
        return new WhiteningTransform(centers, scales, Directions(columns, context), [.. Enumerable.Repeat(1.0, Columns)], findings: [finding]);
    }

    public override string ToString() => $"{Scaling}, then at most {Columns} random directions";

    public override string ToText() => FormattableString.Invariant($"projected:{Columns},{Scaling.ToText()},{Seed}");

    /// <summary>Unit vectors at right angles, one after the other.</summary>
    private double[] Directions(int columns, FitContext context)
    {
        var directions = new double[Columns * columns];
        for (int i = 0; i < Columns; i++)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            Draw(directions.AsSpan(0, (i + 1) * columns), columns, new CounterRandom(Seed, (ulong)i));
        }

        return directions;
    }

    /// <summary>Draws the last direction at right angles to those before it, again and again where next to nothing of it is left.</summary>
    private static void Draw(Span<double> directions, int columns, CounterRandom random)
    {
        var direction = directions[^columns..];
        double length = 0;
        while (length < 1e-3)
        {
            for (int j = 0; j < columns; j++)
                direction[j] = (random.NextUInt32() & 1) == 0 ? -1 : 1;
            double drawn = Math.Sqrt(columns);
            // Twice: the second time takes off what rounding left of the first.
            for (int turn = 0; turn < 2; turn++)
            {
                for (int start = 0; start < directions.Length - columns; start += columns)
                {
                    var other = directions.Slice(start, columns);
                    double share = Dot(other, direction);
                    for (int j = 0; j < columns; j++)
                        direction[j] -= share * other[j];
                }
            }

            length = Math.Sqrt(Dot(direction, direction)) / drawn;
        }

        double last = Math.Sqrt(Dot(direction, direction));
        for (int j = 0; j < columns; j++)
            direction[j] /= last;
    }

    /// <summary>In order: vectors of other widths would add up in another one.</summary>
    private static double Dot(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        double sum = 0;
        for (int j = 0; j < one.Length; j++)
            sum += one[j] * other[j];
        return sum;
    }
}
