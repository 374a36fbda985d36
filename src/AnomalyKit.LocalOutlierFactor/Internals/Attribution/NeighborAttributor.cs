using System.Buffers;
using AnomalyKit.CarryingBack;

namespace AnomalyKit.LocalOutlierFactor;

/// <summary>Divides what a row's distances to its neighbors add to its score among the columns.</summary>
/// <remarks>Neighbors are held fixed, and the score is followed along the straight line from each of them to the row: see <see cref="ColumnShares"/>.</remarks>
internal abstract unsafe class NeighborAttributor : TransformedAttributor
{
    private readonly int _neighbors;
    private readonly DistanceMetric _metric;
    private readonly ReferenceSet[] _sets;
    private readonly int[][] _positions;

    protected NeighborAttributor(
        FeatureTransform transform, int neighbors, DistanceMetric metric, ReferenceSet[] sets, FeatureSchema schema, AttributionOptions options, AttributionInfo info)
        : base(transform, schema, options, info)
    {
        _neighbors = neighbors;
        _metric = metric;
        _sets = sets;
        _positions = [.. sets.Select(Positions)];
        BlockRows = NeighborScoring.BlockRows(sets, neighbors, base.BlockRows);
    }

    public override int BlockRows { get; }

    public override double ScoreOf(double explained) => (float)Math.Min(explained, float.MaxValue);

    protected override void AttributeImages(ReadOnlySpan<float> rows, ReadOnlySpan<float> images, Span<double> contributions, Span<double> baselines, Span<double> explained)
    {
        baselines.Clear();
        explained.Clear();
        using var shares = new ColumnShares(_metric, Transform);
        for (int set = 0; set < _sets.Length; set++)
            AddSet(set, rows, images, contributions, baselines, explained, shares);
    }

    /// <summary>What a row's distances to its neighbors add to its score.</summary>
    /// <param name="set">The reference set.</param>
    /// <param name="points">The nearest points, nearest first.</param>
    /// <param name="distances">Their distances.</param>
    /// <param name="amounts">Receives what each distance adds.</param>
    /// <returns>The baseline, and the score, in double.</returns>
    protected abstract (double Baseline, double Score) Weigh(int set, ReadOnlySpan<int> points, ReadOnlySpan<double> distances, Span<double> amounts);

    private static int[] Positions(ReferenceSet set)
    {
        var ids = set.Search.Store.Ids;
        var positions = new int[ids.Length];
        for (int i = 0; i < ids.Length; i++)
            positions[ids[i]] = i;
        return positions;
    }

    private void AddSet(
        int set, ReadOnlySpan<float> rows, ReadOnlySpan<float> images, Span<double> contributions, Span<double> baselines, Span<double> explained, ColumnShares shares)
    {
        var search = _sets[set].Search;
        var store = search.Store;
        int columns = store.Columns;
        int inputs = Transform.InputColumns;
        int width = Math.Min(_neighbors, store.Count);
        int most = Math.Max(1, Math.Min(search.BlockRows(width), explained.Length));
        int[] pointBuffer = ArrayPool<int>.Shared.Rent(most * width);
        double[] distanceBuffer = ArrayPool<double>.Shared.Rent((most + 1) * width);
        var amounts = distanceBuffer.AsSpan(most * width, width);
        for (int start = 0; start < explained.Length; start += most)
        {
            int count = Math.Min(most, explained.Length - start);
            search.Nearest(images.Slice(start * columns, count * columns), width, pointBuffer.AsSpan(0, count * width), distanceBuffer.AsSpan(0, count * width));
            for (int i = 0; i < count; i++)
            {
                int row = start + i;
                var points = pointBuffer.AsSpan(i * width, width);
                var distances = distanceBuffer.AsSpan(i * width, width);
                amounts.Clear();
                var (baseline, score) = Weigh(set, points, distances, amounts);
                baselines[row] += baseline / _sets.Length;
                explained[row] += score / _sets.Length;
                var target = contributions.Slice(row * inputs, inputs);
                shares.Begin(rows.Slice(row * inputs, inputs), images.Slice(row * columns, columns));
                for (int n = 0; n < width; n++)
                {
                    if (amounts[n] > 0)
                        shares.Add(store.Rows + ((long)_positions[set][points[n]] * store.RowStride), distances[n], amounts[n] / _sets.Length, target);
                }

                shares.End(target);
            }
        }

        GC.KeepAlive(store);
        ArrayPool<int>.Shared.Return(pointBuffer);
        ArrayPool<double>.Shared.Return(distanceBuffer);
    }
}
