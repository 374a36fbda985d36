using System.Buffers;
using System.Numerics;
using AnomalyKit.Numerics;
using AnomalyKit.Profiles;

namespace AnomalyKit;

/// <content>Thinning: level h holds sorted values that count 2^h times each.</content>
public sealed partial class QuantileSketch
{
    internal const int MaxLevels = 56;

    private const int LeastLevel = 8;

    private readonly double[][] _levels = new double[MaxLevels][];
    private readonly int[] _sizes = new int[MaxLevels];
    private long _thinnings;
    private double _variance;
    private double _certainError;

    /// <summary>The values that are gathered before they are sorted, a power of two.</summary>
    private int BatchSize => (int)BitOperations.RoundUpToPowerOf2((uint)(Capacity / 2));

    /// <summary>The level of the heaviest values.</summary>
    private int Top => Math.Max(0, Array.FindLastIndex(_sizes, size => size > 0));

    /// <summary>Takes the full batch in: its error stays beside that of the heaviest level where the batch is thinned to the root of that level's weight.</summary>
    private void Flush()
    {
        int batch = _inputCount;
        double[] scratch = ArrayPool<double>.Shared.Rent(batch);
        var values = _input.AsSpan(0, batch);
        SketchSort.Sort(values, scratch);
        int level = Math.Min(Top / 2, BitOperations.Log2((uint)batch));
        int step = 1 << level;
        int kept = 0;
        if (level > 0)
        {
            _variance += (double)step * step / 4;
            for (int i = Draw(step); i < batch; i += step)
                values[kept++] = values[i];
        }
        else
        {
            kept = batch;
        }

        ArrayPool<double>.Shared.Return(scratch);
        MergeInto(level, values[..kept]);
        _inputCount = 0;
        Thin();
    }

    /// <summary>Halves the finest level that is full, until all fits.</summary>
    private void Thin()
    {
        while (Kept() > 3L * Capacity)
            Halve(LevelToHalve());
    }

    private long Kept()
    {
        long kept = 0;
        foreach (int size in _sizes)
            kept += size;
        return kept;
    }

    private int LevelToHalve()
    {
        int top = Top;
        int fallback = 0;
        double room = Capacity * Math.Pow(2.0 / 3, top);
        for (int level = 0; level <= top; level++, room *= 1.5)
        {
            if (_sizes[level] >= Math.Max(room, LeastLevel))
                return level;
            if (_sizes[level] > _sizes[fallback])
                fallback = level;
        }

        return fallback;
    }

    private void Halve(int level)
    {
        if (level + 1 >= MaxLevels)
            throw new InvalidOperationException($"A sketch holds at most 2^{MaxLevels} values.");
        int pairs = _sizes[level] / 2;
        double[] scratch = ArrayPool<double>.Shared.Rent(pairs + 1);
        var values = _levels[level].AsSpan(0, _sizes[level]);
        // An odd value stays behind: at which end is drawn with the rest.
        int coins = Draw(4);
        int first = (coins & 1) + ((values.Length & 1) != 0 ? coins >> 1 : 0);
        double left = (values.Length & 1) == 0 ? 0 : coins >> 1 == 0 ? values[^1] : values[0];
        for (int i = 0; i < pairs; i++)
            scratch[i] = values[first + (2 * i)];
        _variance += Math.Pow(4, level);
        _sizes[level] = values.Length & 1;
        if (_sizes[level] == 1)
            _levels[level][0] = left;
        MergeInto(level + 1, scratch.AsSpan(0, pairs));
        ArrayPool<double>.Shared.Return(scratch);
    }

    /// <summary>Puts sorted values among those of a level.</summary>
    private void MergeInto(int level, ReadOnlySpan<double> values)
    {
        int old = _sizes[level];
        int total = old + values.Length;
        if ((_levels[level]?.Length ?? 0) < total)
        {
            int room = Math.Max(total, Math.Min(2 * total, (3 * Capacity) + BatchSize));
            Array.Resize(ref _levels[level], room);
        }

        double[] target = _levels[level];
        // From the back, so that what is there moves at most once and nothing is overwritten before it was read.
        int i = old - 1;
        int j = values.Length - 1;
        for (int at = total - 1; j >= 0; at--)
            target[at] = i >= 0 && target[i] > values[j] ? target[i--] : values[j--];
        _sizes[level] = total;
    }

    private int Draw(int bound) => new CounterRandom(Seed, (ulong)_thinnings++).NextInt32(bound);

    private void CopyFrom(QuantileSketch other)
    {
        _input = other._input.AsSpan(0, other._inputCount).ToArray();
        _inputCount = other._inputCount;
        for (int level = 0; level < MaxLevels; level++)
        {
            _sizes[level] = other._sizes[level];
            _levels[level] = _sizes[level] == 0 ? [] : other._levels[level].AsSpan(0, _sizes[level]).ToArray();
        }

        (Count, _minimum, _maximum) = (other.Count, other._minimum, other._maximum);
        (_thinnings, _variance, _certainError) = (other._thinnings, other._variance, other._certainError);
    }
}
