using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>
/// A mixture of normal distributions, cut off at the ends of the range: one around each observation, as wide as the way to the farther of its two neighbors, and a prior as wide as the range.
/// No width falls below a hundredth of the range, or the share of one of all components (Bergstra's "magic clip").
/// </summary>
internal sealed class NumberDensity : IValueDensity
{
    private readonly NumberDimension _dimension;
    private readonly double[] _weights;
    private readonly CutNormal[] _components;

    public NumberDensity(NumberDimension dimension, ReadOnlySpan<double> observations)
    {
        _dimension = dimension;
        (double low, double high) = (dimension.AxisLow, dimension.AxisHigh);
        int count = observations.Length + 1;
        var centers = new double[count];
        for (int i = 0; i < observations.Length; i++)
            centers[i] = dimension.ToAxis(observations[i]);
        centers[^1] = 0.5 * (low + high);
        double[] widths = Widths(centers, low, high);
        widths[^1] = high - low;
        _weights = ParzenWeights.Of(observations.Length);
        _components = [.. centers.Select((center, i) => new CutNormal(center, widths[i], low, high))];
    }

    public double Draw(ref CounterRandom random)
    {
        int component = ParzenWeights.Pick(_weights, random.NextDouble());
        return _dimension.FromAxis(_components[component].Quantile(random.NextDouble()));
    }

    public double LogDensity(double value)
    {
        double place = _dimension.ToAxis(value);
        double half = 0.5 * _dimension.AxisStep;
        double sum = 0;
        for (int i = 0; i < _components.Length; i++)
            sum += _weights[i] * (half > 0 ? _components[i].Mass(place - half, place + half) : _components[i].Height(place));
        return Math.Log(sum);
    }

    private static double[] Widths(double[] centers, double low, double high)
    {
        int count = centers.Length;
        // Equal centers in the order of their trials: older ones count less.
        int[] order = [.. Enumerable.Range(0, count).OrderBy(index => centers[index])];
        double narrowest = (high - low) / Math.Min(100, 1 + count);
        var widths = new double[count];
        for (int rank = 0; rank < count; rank++)
        {
            double center = centers[order[rank]];
            double before = center - (rank > 0 ? centers[order[rank - 1]] : low);
            double after = (rank < count - 1 ? centers[order[rank + 1]] : high) - center;
            // The ends of the range are no neighbors, as far as there are others.
            double width = count == 1 ? Math.Max(before, after) : rank == 0 ? after : rank == count - 1 ? before : Math.Max(before, after);
            widths[order[rank]] = Math.Clamp(width, narrowest, high - low);
        }

        return widths;
    }
}
