using AnomalyKit.Numerics;

namespace AnomalyKit.Profiles;

/// <summary>Draws rows: of as many equal stretches one each, always the same. A row of weight w counts as w rows side by side.</summary>
internal static class ProfileSample
{
    private const double MaxPopulation = 1L << 52;

    /// <summary>How many rows there are, repeated by their weights.</summary>
    public static long Population(int rowCount, ReadOnlySpan<double> weights)
    {
        if (weights.IsEmpty)
            return rowCount;
        double sum = 0;
        foreach (double weight in weights)
            sum += weight;
        return (long)Math.Clamp(Math.Round(sum), 1, MaxPopulation);
    }

    /// <param name="rowCount">At least 1.</param>
    /// <param name="weights">One per row, at least 0, not all 0; or empty.</param>
    /// <param name="most">The most rows wanted.</param>
    /// <param name="stream">Another one gives other rows.</param>
    /// <returns>Rows in ascending order, repeated where weights say so.</returns>
    public static int[] Draw(int rowCount, ReadOnlySpan<double> weights, int most, ulong stream)
    {
        long population = Population(rowCount, weights);
        var rows = new int[(int)Math.Min(most, population)];
        var random = new CounterRandom(0, stream);
        double perRow = Sum(weights) / population;
        double passed = 0;
        int at = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            double position = Math.Min(population - 1, Math.Floor((i + random.NextDouble()) / rows.Length * population));
            // All of them are wanted: rounding must leave none out.
            if (rows.Length == population)
                position = i;
            if (weights.IsEmpty)
            {
                rows[i] = (int)position;
                continue;
            }

            double wanted = (position + 0.5) * perRow;
            while (at < rowCount - 1 && passed + weights[at] <= wanted)
                passed += weights[at++];
            rows[i] = at;
        }

        return rows;
    }

    /// <summary>The rows of <see cref="Draw(int, ReadOnlySpan{double}, int, ulong)"/> without weights, of any number of rows.</summary>
    public static long[] Draw(long rowCount, int most, ulong stream)
    {
        var rows = new long[(int)Math.Min(most, rowCount)];
        var random = new CounterRandom(0, stream);
        for (int i = 0; i < rows.Length; i++)
        {
            double position = Math.Min(rowCount - 1, Math.Floor((i + random.NextDouble()) / rows.Length * rowCount));
            rows[i] = rows.Length == rowCount ? i : (long)position;
        }

        return rows;
    }

    /// <summary>All rows that the profile of a table and of its scores looks at, repeated where several need them.</summary>
    public static IEnumerable<long> AllOf(long rowCount) =>
        ScoreProfile.RowsOf(rowCount).Concat(TableProfile.RowsOf(rowCount)).Concat(MatrixProfile.RowsOf(rowCount));

    private static double Sum(ReadOnlySpan<double> weights)
    {
        double sum = 0;
        foreach (double weight in weights)
            sum += weight;
        return sum;
    }
}
