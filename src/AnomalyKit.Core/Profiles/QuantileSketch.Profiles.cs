using System.Numerics;
using AnomalyKit.Numerics;
using AnomalyKit.Profiles;

namespace AnomalyKit;

/// <content>Sketches of values that are all at hand, and their parts in a file.</content>
public sealed partial class QuantileSketch
{
    /// <summary>
    /// A small sketch of sorted values: of each run of 2^h values one is kept, the middle one or one drawn at random. Its error is certain, 2^h / 2 or 2^h values, and far below that of a stream's.
    /// </summary>
    /// <param name="sorted">Finite values in ascending order, less the offset.</param>
    /// <param name="offset">What is added to each.</param>
    /// <param name="most">The most runs; the values that fill no run are kept in shorter ones.</param>
    /// <param name="isDrawn">Whether the one that is kept of a run is drawn: of dates that follow each other by the clock, every 16th is always of the same few hours.</param>
    internal static QuantileSketch OfSorted<T>(ReadOnlySpan<T> sorted, double offset, int most, bool isDrawn = false)
        where T : IBinaryFloatingPointIeee754<T>
    {
        var sketch = new QuantileSketch();
        if (sorted.IsEmpty)
            return sketch;
        int level = 0;
        while (sorted.Length >> level > most)
            level++;
        (sketch.Count, sketch._minimum, sketch._maximum) = (sorted.Length, double.CreateTruncating(sorted[0]) + offset, double.CreateTruncating(sorted[^1]) + offset);
        sketch._certainError = level == 0 ? 0 : isDrawn ? 1 << level : (1 << level) / 2.0;
        var random = new CounterRandom(0, (ulong)sorted.Length);
        for (int start = 0; start < sorted.Length;)
        {
            int step = 1 << level;
            int runs = (sorted.Length - start) / step;
            var kept = new double[runs];
            for (int i = 0; i < runs; i++)
                kept[i] = double.CreateTruncating(sorted[start + (i * step) + (isDrawn ? random.NextInt32(step) : step / 2)]) + offset;
            if (runs > 0)
                (sketch._levels[level], sketch._sizes[level]) = (kept, runs);
            start += runs * step;
            level--;
        }

        return sketch;
    }

    internal SketchParts Parts()
    {
        int levels = Count == _inputCount ? 0 : Top + 1;
        var sizes = _sizes.AsSpan(0, levels).ToArray();
        double[][] kept = [.. Enumerable.Range(0, levels).Select(level => sizes[level] == 0 ? [] : _levels[level].AsSpan(0, sizes[level]).ToArray()), _input.AsSpan(0, _inputCount).ToArray()];
        return new SketchParts(Capacity, Seed, _thinnings, _variance, _certainError, _minimum, _maximum, sizes, [.. kept.SelectMany(values => values)]);
    }

    /// <returns>The sketch; null and what is wrong where the parts do not fit each other.</returns>
    internal static (QuantileSketch? Sketch, string Problem) Of(SketchParts parts)
    {
        if (parts.Capacity is < MinCapacity or > MaxCapacity)
            return (null, $"a capacity of {parts.Capacity}");
        var sketch = new QuantileSketch(parts.Capacity, parts.Seed);
        if (parts.Sizes.Length > MaxLevels || parts.Sizes.Length > 0 && parts.Sizes[^1] <= 0)
            return (null, "levels that hold nothing");
        int at = 0;
        Int128 count = 0;
        for (int level = 0; level < parts.Sizes.Length; level++)
        {
            int size = parts.Sizes[level];
            if (size < 0 || size > parts.Values.Length - at)
                return (null, "more values in its levels than there are");
            var values = parts.Values.AsSpan(at, size);
            if (!IsSorted(values))
                return (null, "values that are not sorted");
            sketch._levels[level] = values.ToArray();
            sketch._sizes[level] = size;
            count += (Int128)size << level;
            at += size;
        }

        sketch._input = parts.Values[at..];
        sketch._inputCount = sketch._input.Length;
        if (at > 3L * parts.Capacity || sketch._inputCount > sketch.BatchSize || count > 1L << MaxLevels)
            return (null, "more values than its capacity");
        sketch.Count = (long)count + sketch._inputCount;
        foreach (double value in parts.Values)
        {
            if (!(value >= parts.Minimum && value <= parts.Maximum))
                return (null, "values outside its range");
        }

        if (sketch.Count == 0)
            (parts.Minimum, parts.Maximum) = (double.PositiveInfinity, double.NegativeInfinity);
        if (parts.Thinnings < 0 || !(parts.Variance >= 0 && parts.CertainError >= 0) || !double.IsFinite(parts.Variance + parts.CertainError))
            return (null, "an error that is none");
        (sketch._minimum, sketch._maximum) = (parts.Minimum, parts.Maximum);
        (sketch._thinnings, sketch._variance, sketch._certainError) = (parts.Thinnings, parts.Variance, parts.CertainError);
        return (sketch, string.Empty);
    }

    private static bool IsSorted(ReadOnlySpan<double> values)
    {
        for (int i = 1; i < values.Length; i++)
        {
            if (!(values[i - 1] <= values[i]))
                return false;
        }

        return true;
    }
}
