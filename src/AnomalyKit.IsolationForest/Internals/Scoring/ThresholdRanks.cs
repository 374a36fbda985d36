using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>Replaces values of one feature by their ranks among the feature's thresholds: rank(x) = #{threshold ≤ x}, at most 255.</summary>
/// <remarks>
/// Then "x below threshold i" is "rank ≤ i", exactly. A monotone map of the float's bits (logarithmic around the median of the thresholds, over 16
/// octaves on either side) finds a bucket, which knows the rank below it and the one threshold inside it; one comparison finishes.
/// The few buckets with several thresholds are marked and finished by a scan.
/// </remarks>
internal sealed unsafe class ThresholdRanks
{
    /// <summary>The most thresholds a feature: ranks are bytes.</summary>
    public const int MostThresholds = 255;

    /// <summary>Buckets on either side of the center: sixteen a threshold, so that few buckets hold several.</summary>
    private readonly int _side;
    private readonly int _shift;
    private const int Crowded = int.MinValue;

    private readonly float[] _thresholds;
    private readonly Bucket[] _buckets;
    private readonly float _center;
    private readonly int _lowestBits;

    /// <param name="thresholds">Ascending, distinct, no NaN, from 1 to <see cref="MostThresholds"/>.</param>
    public ThresholdRanks(float[] thresholds)
    {
        _thresholds = thresholds;
        _side = (int)BitOperations.RoundUpToPowerOf2((uint)(8 * thresholds.Length));
        // The side's buckets span 16 octaves, 2²⁷ of a float's ordered bit patterns.
        _shift = 27 - BitOperations.Log2((uint)_side);
        _buckets = GC.AllocateUninitializedArray<Bucket>(2 * _side);
        float center = thresholds[thresholds.Length / 2];
        if (!float.IsFinite(center))
            center = 0;
        // Minus zero, so that x - center is never minus zero: the two zeros must share a bucket.
        _center = center == 0 ? -0f : center;
        float reach = 0;
        foreach (float threshold in thresholds)
        {
            if (float.IsFinite(threshold))
                reach = Math.Max(reach, Math.Abs(threshold - _center));
        }

        _lowestBits = Math.Max(0, BitConverter.SingleToInt32Bits(float.IsFinite(reach) ? reach : float.MaxValue) - ((_side - 1) << _shift));
        FillBuckets();
    }

    /// <summary>Ranks values one by one: the reference of <see cref="RankPlanes"/>.</summary>
    public int Rank(float value)
    {
        var bucket = _buckets[BucketOf(value)];
        if (bucket.Base < 0)
            return Scan(bucket.Base & int.MaxValue, value);
        return bucket.Base + (value >= bucket.Threshold ? 1 : 0);
    }

    /// <summary>Ranks 32 · n values and gives the ranks' bits as eight planes.</summary>
    /// <param name="values">The feature's value in each row.</param>
    /// <param name="count">The number of rows, a multiple of 32.</param>
    /// <param name="planes">Receives eight planes of one bit per row, lowest bit first.</param>
    /// <param name="planeWords">The 32-bit words from one plane to the next.</param>
    public void RankPlanes(float* values, int count, uint* planes, int planeWords)
    {
        if (Avx2.IsSupported)
            RankPlanesAvx2(values, count, planes, planeWords);
        else
            RankPlanesPortable(values, count, planes, planeWords);
    }

    internal void RankPlanesPortable(float* values, int count, uint* planes, int planeWords)
    {
        for (int word = 0; word < count / 32; word++)
        {
            for (int plane = 0; plane < 8; plane++)
                planes[(plane * planeWords) + word] = 0;
            for (int bit = 0; bit < 32; bit++)
            {
                uint rank = (uint)Rank(values[(word * 32) + bit]);
                for (int plane = 0; plane < 8; plane++)
                    planes[(plane * planeWords) + word] |= ((rank >> plane) & 1) << bit;
            }
        }
    }

    private void RankPlanesAvx2(float* values, int count, uint* planes, int planeWords)
    {
        fixed (Bucket* buckets = _buckets)
        {
            var center = Vector256.Create(_center);
            var lowest = Vector256.Create(_lowestBits);
            var order = Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7);
            for (int word = 0; word < count / 32; word++, values += 32)
            {
                var a = RankEight(values, buckets, center, lowest);
                var b = RankEight(values + 8, buckets, center, lowest);
                var c = RankEight(values + 16, buckets, center, lowest);
                var d = RankEight(values + 24, buckets, center, lowest);
                // Packing works within 128-bit halves; the permutation brings the rows back into order.
                var bytes = Avx2.PackUnsignedSaturate(Avx2.PackSignedSaturate(a, b), Avx2.PackSignedSaturate(c, d));
                var ranks = Avx2.PermuteVar8x32(bytes.AsInt32(), order).AsUInt16();
                uint* target = planes + word;
                target[0] = (ranks << 7).AsByte().ExtractMostSignificantBits();
                target[planeWords] = (ranks << 6).AsByte().ExtractMostSignificantBits();
                target[2 * planeWords] = (ranks << 5).AsByte().ExtractMostSignificantBits();
                target[3 * planeWords] = (ranks << 4).AsByte().ExtractMostSignificantBits();
                target[4 * planeWords] = (ranks << 3).AsByte().ExtractMostSignificantBits();
                target[5 * planeWords] = (ranks << 2).AsByte().ExtractMostSignificantBits();
                target[6 * planeWords] = (ranks << 1).AsByte().ExtractMostSignificantBits();
                target[7 * planeWords] = ranks.AsByte().ExtractMostSignificantBits();
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<int> RankEight(float* values, Bucket* buckets, Vector256<float> center, Vector256<int> lowest)
    {
        var x = Vector256.Load(values);
        var bits = (x - center).AsInt32();
        var distance = Vector256.Max((bits & Vector256.Create(int.MaxValue)) - lowest, Vector256<int>.Zero) >> _shift;
        distance = Vector256.Min(distance, Vector256.Create(_side - 1));
        var bucket = (distance ^ (bits >> 31)) + Vector256.Create(_side);
        // 8 = sizeof(Bucket), which the instruction wants as a constant.
        var threshold = Avx2.GatherVector256((float*)buckets, bucket, 8);
        var ranks = Avx2.GatherVector256((int*)buckets + 1, bucket, 8);
        var above = Vector256.GreaterThanOrEqual(x, threshold).AsInt32();
        uint crowded = ranks.AsSingle().ExtractMostSignificantBits();
        ranks -= above;
        return crowded == 0 ? ranks : FinishCrowded(ranks, values, crowded);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Vector256<int> FinishCrowded(Vector256<int> ranks, float* values, uint crowded)
    {
        for (int lane = 0; lane < 8; lane++)
        {
            if (((crowded >> lane) & 1) != 0)
                ranks = ranks.WithElement(lane, Scan(_buckets[BucketOf(values[lane])].Base & int.MaxValue, values[lane]));
        }

        return ranks;
    }

    private int Scan(int rank, float value)
    {
        while (rank < _thresholds.Length && _thresholds[rank] <= value)
            rank++;
        return rank;
    }

    private int BucketOf(float value)
    {
        int bits = BitConverter.SingleToInt32Bits(value - _center);
        int distance = Math.Min(Math.Max((bits & int.MaxValue) - _lowestBits, 0) >> _shift, _side - 1);
        return (distance ^ (bits >> 31)) + _side;
    }

    private void FillBuckets()
    {
        int filled = 0;
        for (int i = 0; i < _thresholds.Length;)
        {
            int bucket = BucketOf(_thresholds[i]);
            int end = i + 1;
            while (end < _thresholds.Length && BucketOf(_thresholds[end]) == bucket)
                end++;
            // Buckets between have this many thresholds below them and none inside: no finite value reaches infinity.
            _buckets.AsSpan(filled, bucket - filled).Fill(new Bucket(float.PositiveInfinity, i));
            _buckets[bucket] = end - i == 1 ? new Bucket(_thresholds[i], i) : new Bucket(float.PositiveInfinity, i | Crowded);
            filled = bucket + 1;
            i = end;
        }

        _buckets.AsSpan(filled).Fill(new Bucket(float.PositiveInfinity, _thresholds.Length));
    }

    private readonly record struct Bucket(float Threshold, int Base);
}
