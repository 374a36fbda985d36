using System.Runtime.InteropServices;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>How often scores occur, in bins with fixed edges: sketches of parts add up to that of the whole exactly, in any order and any grouping.</summary>
/// <remarks>
/// <para>
/// A bin holds the scores that share sign, exponent and the first 13 bits of the mantissa, so that its width is at most 2⁻¹³ (0.00012) of its scores; of each bin its count and its least and
/// greatest score are kept. Hence every order statistic is known to 2⁻¹³ of itself, and exactly where a bin holds at most two scores or equal ones, as in the far tail. The least and the greatest score are exact.
/// </para>
/// <para>NaN and infinities are counted apart. Not thread-safe while scores are added.</para>
/// </remarks>
public sealed class ScoreSketch : IEquatable<ScoreSketch>
{
    /// <summary>The relative error of an order statistic, at most: 2⁻¹³. Of scores below 2⁻¹²⁶ the error is at most 2⁻¹³⁹ instead.</summary>
    public const double RelativeError = 1.0 / (1 << MantissaBits);

    private const int MantissaBits = 13;
    private const int DroppedBits = 23 - MantissaBits;

    private readonly Dictionary<int, Bin> _bins = [];

    /// <summary>All scores, NaN and infinite ones included.</summary>
    public long Count { get; private set; }

    /// <summary>The scores that are NaN.</summary>
    public long NaNCount { get; private set; }

    /// <summary>The scores that are +∞.</summary>
    public long PositiveInfinityCount { get; private set; }

    /// <summary>The scores that are −∞.</summary>
    public long NegativeInfinityCount { get; private set; }

    /// <summary>The bins that hold a score.</summary>
    public int BinCount => _bins.Count;

    /// <summary>Puts sketches together.</summary>
    /// <param name="sketches">Any number, in any order; they stay as they are.</param>
    /// <returns>The sketch of all scores, the same whatever the order and the grouping.</returns>
    public static ScoreSketch Merge(params IEnumerable<ScoreSketch> sketches)
    {
        ArgumentNullException.ThrowIfNull(sketches);
        var merged = new ScoreSketch();
        foreach (var sketch in sketches)
            merged.Add(sketch);
        return merged;
    }

    /// <summary>Loads a sketch. Runs no code from the file and checks every length before it allocates.</summary>
    /// <param name="source">A readable stream, from its present position to its end; it stays open.</param>
    /// <returns>The sketch.</returns>
    /// <exception cref="ModelFormatException">The content is cut, corrupt, or something else.</exception>
    public static ScoreSketch Load(Stream source)
    {
        var reader = ModelReader.Open(source);
        if (!reader.TryGetString("kind", out string? kind) || kind != FormatKind)
            throw ModelReader.FormatError("it holds no sketch of scores");
        long[] apart = reader.GetInt64s("apart", 3);
        int[] keys = reader.GetInt32s("bins", int.MinValue, int.MaxValue, -1);
        long[] counts = reader.GetInt64s("counts", keys.Length);
        float[] ends = reader.GetSingles("ends", keys.Length, 2);
        reader.ThrowIfUnread();
        var sketch = new ScoreSketch { NaNCount = apart[0], PositiveInfinityCount = apart[1], NegativeInfinityCount = apart[2] };
        foreach (long count in apart.Concat(counts))
            sketch.Count += count is >= 0 and <= MaxCount ? count : throw ModelReader.FormatError($"it counts {count} scores in a bin");
        for (int i = 0; i < keys.Length; i++)
        {
            var bin = new Bin(counts[i], ends[2 * i], ends[(2 * i) + 1]);
            if (bin.Count == 0 || bin.Minimum > bin.Maximum || KeyOf(bin.Minimum) != keys[i] || KeyOf(bin.Maximum) != keys[i] || !sketch._bins.TryAdd(keys[i], bin))
                throw ModelReader.FormatError($"bin {i} is empty, repeated, or holds scores of another one");
        }

        return sketch;
    }

    /// <summary>Adds scores.</summary>
    /// <param name="scores">Any numbers.</param>
    public void Add(ReadOnlySpan<float> scores)
    {
        Count += scores.Length;
        foreach (float score in scores)
        {
            if (!float.IsFinite(score))
            {
                NaNCount += float.IsNaN(score) ? 1 : 0;
                PositiveInfinityCount += float.IsPositiveInfinity(score) ? 1 : 0;
                NegativeInfinityCount += float.IsNegativeInfinity(score) ? 1 : 0;
                continue;
            }

            // −0 is 0.
            Into(KeyOf(score + 0f), new Bin(1, score + 0f, score + 0f));
        }
    }

    /// <summary>Adds the scores of another sketch.</summary>
    /// <param name="other">It stays as it is.</param>
    public void Add(ScoreSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Count += other.Count;
        NaNCount += other.NaNCount;
        PositiveInfinityCount += other.PositiveInfinityCount;
        NegativeInfinityCount += other.NegativeInfinityCount;
        foreach (var (key, bin) in other._bins)
            Into(key, bin);
    }

    /// <summary>The scores that stand for all but NaN, ascending, and how many each stands for: what rules and calibrations take as scores and weights.</summary>
    /// <returns>Of each bin its least and greatest score once, and its middle for the others.</returns>
    public (float[] Scores, double[] Counts) Weighted()
    {
        var scores = new List<float>();
        var counts = new List<double>();
        Put(float.NegativeInfinity, NegativeInfinityCount);
        foreach (var (_, bin) in _bins.OrderBy(bin => bin.Value.Minimum))
        {
            if (bin.Minimum == bin.Maximum)
            {
                Put(bin.Minimum, bin.Count);
                continue;
            }

            Put(bin.Minimum, 1);
            Put(bin.Minimum + ((bin.Maximum - bin.Minimum) / 2), bin.Count - 2);
            Put(bin.Maximum, 1);
        }

        Put(float.PositiveInfinity, PositiveInfinityCount);
        return ([.. scores], [.. counts]);

        void Put(float score, long count)
        {
            if (count == 0)
                return;
            scores.Add(score);
            counts.Add(count);
        }
    }

    /// <summary>Counts the scores above a threshold.</summary>
    /// <param name="threshold">Any number but NaN.</param>
    /// <returns>The count: exact unless the threshold lies between the least and the greatest score of one bin of more than two.</returns>
    public long CountAbove(double threshold)
    {
        var (scores, counts) = Weighted();
        double above = 0;
        for (int i = 0; i < scores.Length; i++)
            above += scores[i] > threshold ? counts[i] : 0;
        return (long)above;
    }

    /// <summary>Saves the sketch; equal sketches give equal bytes.</summary>
    /// <param name="destination">A writable stream; it stays open.</param>
    public void Save(Stream destination)
    {
        KeyValuePair<int, Bin>[] bins = [.. _bins.OrderBy(bin => bin.Key)];
        var writer = new ModelWriter();
        writer.Set("kind", FormatKind);
        writer.Add<long>("apart", new[] { NaNCount, PositiveInfinityCount, NegativeInfinityCount });
        writer.Add<int>("bins", Array.ConvertAll(bins, bin => bin.Key));
        writer.Add<long>("counts", Array.ConvertAll(bins, bin => bin.Value.Count));
        writer.Add<float>("ends", bins.SelectMany(bin => new[] { bin.Value.Minimum, bin.Value.Maximum }).ToArray(), bins.Length, 2);
        writer.Save(destination);
    }

    /// <inheritdoc/>
    public bool Equals(ScoreSketch? other) => other is not null && Count == other.Count && NaNCount == other.NaNCount && PositiveInfinityCount == other.PositiveInfinityCount
        && NegativeInfinityCount == other.NegativeInfinityCount && _bins.Count == other._bins.Count
        && _bins.All(bin => other._bins.TryGetValue(bin.Key, out var same) && same == bin.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ScoreSketch);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, NaNCount, _bins.Count);

    /// <summary>The number of scores.</summary>
    /// <returns>For example <c>1000 scores in 412 bins</c>.</returns>
    public override string ToString() => $"{Count} scores in {BinCount} bins";

    private const string FormatKind = "score-sketch";

    // So that no sum of some thousand of them can overflow.
    private const long MaxCount = 1L << 52;

    private static int KeyOf(float score) => BitConverter.SingleToInt32Bits(score) >> DroppedBits;

    private void Into(int key, Bin bin)
    {
        ref var mine = ref CollectionsMarshal.GetValueRefOrAddDefault(_bins, key, out bool isThere);
        mine = isThere ? new Bin(mine.Count + bin.Count, Math.Min(mine.Minimum, bin.Minimum), Math.Max(mine.Maximum, bin.Maximum)) : bin;
    }

    private readonly record struct Bin(long Count, float Minimum, float Maximum);
}
