using System.Globalization;

namespace AnomalyKit;

/// <summary>All combinations of evenly spread values, each once, then nothing.</summary>
/// <remarks>
/// The order is that of nested loops: the last dimension changes from trial to trial, the first one least often. Every choice is tried, every whole number of a short range, and <see cref="PointsPerRange"/> values of a long
/// one, both ends included and evenly apart (in logarithms where the range is logarithmic). A grid draws no random numbers. Combinations multiply: for more than three dimensions use another sampler.
/// </remarks>
public sealed class GridSampler : SearchSampler
{
    /// <summary>The most values of a range of numbers.</summary>
    /// <value>From 2 to 10,000; the default is 5.</value>
    public int PointsPerRange
    {
        get;
        init => field = value is >= 2 and <= 10_000 ? value : throw new ArgumentOutOfRangeException(nameof(PointsPerRange), value, "PointsPerRange must lie between 2 and 10,000.");
    } = 5;

    /// <summary>How many points the grid of a space has.</summary>
    /// <param name="space">The dimensions.</param>
    /// <returns>The number of combinations; <see cref="long.MaxValue"/> where it is larger.</returns>
    public long Count(SearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        return space.Dimensions.Aggregate(1L, (count, dimension) => Product(count, dimension.Spread(PointsPerRange).Count));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"grid, {PointsPerRange} points per range");

    /// <inheritdoc/>
    public override SearchPoint? Suggest(SearchSpace space, IReadOnlyList<Trial> trials, SearchDirection direction, int number)
    {
        Check(space, trials, number);
        var values = new double[space.Dimensions.Count];
        int left = number;
        for (int i = values.Length - 1; i >= 0; i--)
        {
            var spread = space.Dimensions[i].Spread(PointsPerRange);
            values[i] = spread[left % spread.Count];
            left /= spread.Count;
        }

        return left == 0 ? new SearchPoint(values) : null;
    }

    private static long Product(long one, int other) => one > long.MaxValue / other ? long.MaxValue : one * other;
}
