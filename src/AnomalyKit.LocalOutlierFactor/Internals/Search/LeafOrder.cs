using AnomalyKit.LocalOutlierFactor.Tiles;
using AnomalyKit.Numerics;
using AnomalyKit.Simd;

namespace AnomalyKit.LocalOutlierFactor.Search;

/// <summary>Orders points so that each run of 256, and each of 32 within it, is a box: a KD-tree (J. L. Bentley, CACM 1975) of which only the leaves are kept.</summary>
/// <remarks>A run is split at its median along the dimension of the widest spread; equal values are told apart by number, so the order follows from the points alone.</remarks>
internal static unsafe class LeafOrder
{
    private const int SampleRows = 64;

    /// <summary>Runs of at most this share of the points are split by one thread each.</summary>
    private const int Shares = 64;

    public static void Find(AlignedFloats images, int dimensions, int[] ids, FitContext context)
    {
        const string Stage = "building the neighbor index";
        int count = ids.Length;
        var keys = new ulong[count];
        for (int i = 0; i < count; i++)
            ids[i] = i;

        // First the large runs, level by level; a level's runs are split side by side.
        int largest = Math.Max(TreeShape.ParentPoints, Blocks.Count(count, Shares));
        var runs = new List<(int Start, int Count)> { (0, count) };
        while (runs.Any(run => run.Count > largest))
        {
            var halves = new (int Start, int Count)[2 * runs.Count];
            var level = runs;
            context.Part(0, 0.5).ForBlocks(Stage, level.Count, i =>
            {
                var (start, length) = level[i];
                int left = length > largest ? Split(images, dimensions, ids, keys, start, length, TreeShape.ParentPoints, context.CancellationToken) : length;
                halves[2 * i] = (start, left);
                halves[(2 * i) + 1] = (start + left, length - left);
            });
            runs = [.. halves.Where(run => run.Count > 0)];
        }

        context.Part(0.5, 1).ForBlocks(
            Stage, runs.Count, i => Order(images, dimensions, ids, keys, runs[i].Start, runs[i].Count, context.CancellationToken));
    }

    private static void Order(AlignedFloats images, int dimensions, int[] ids, ulong[] keys, int start, int count, CancellationToken cancellationToken)
    {
        while (count > TreeShape.LeafPoints)
        {
            int unit = count > TreeShape.ParentPoints ? TreeShape.ParentPoints : TreeShape.LeafPoints;
            int left = Split(images, dimensions, ids, keys, start, count, unit, cancellationToken);
            Order(images, dimensions, ids, keys, start, left, cancellationToken);
            start += left;
            count -= left;
        }
    }

    /// <summary>Splits a run into two of whole units. Returns the length of the first.</summary>
    private static int Split(
        AlignedFloats images, int dimensions, int[] ids, ulong[] keys, int start, int count, int unit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int left = Blocks.Count(count, unit) / 2 * unit;
        int dimension = Widest(images, dimensions, ids.AsSpan(start, count));
        var run = keys.AsSpan(start, count);
        for (int i = 0; i < count; i++)
        {
            int id = ids[start + i];
            run[i] = Selection.Key(images.Pointer[((long)id * dimensions) + dimension], (uint)id);
        }

        fixed (ulong* first = run)
            Selection.Select(first, count, left);
        for (int i = 0; i < count; i++)
            ids[start + i] = (int)(uint)run[i];
        return left;
    }

    /// <summary>The dimension of the widest spread in a sample: Σ √|x − mean|, which heavy tails hardly move.</summary>
    private static int Widest(AlignedFloats images, int dimensions, ReadOnlySpan<int> ids)
    {
        int sample = Math.Min(ids.Length, SampleRows);
        var means = new double[dimensions];
        var deviations = new double[dimensions];
        for (int i = 0; i < sample; i++)
        {
            float* image = images.Pointer + ((long)ids[(int)((long)ids.Length * i / sample)] * dimensions);
            for (int d = 0; d < dimensions; d++)
                means[d] += image[d];
        }

        for (int d = 0; d < dimensions; d++)
            means[d] /= sample;
        for (int i = 0; i < sample; i++)
        {
            float* image = images.Pointer + ((long)ids[(int)((long)ids.Length * i / sample)] * dimensions);
            for (int d = 0; d < dimensions; d++)
                deviations[d] += Math.Sqrt(Math.Abs(image[d] - means[d]));
        }

        int widest = 0;
        for (int d = 1; d < dimensions; d++)
        {
            if (deviations[d] > deviations[widest])
                widest = d;
        }

        return widest;
    }
}
