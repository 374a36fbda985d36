using AnomalyKit.Numerics;

namespace AnomalyKit.IsolationForest;

/// <summary>Grows one tree at a time on a random sample of the rows (Liu, Ting, Zhou 2008, algorithms 1 and 2). One builder per thread.</summary>
/// <remarks>
/// The feature of a split is drawn among those that are not constant in the node, and the threshold uniformly between the node's least and
/// greatest value of it, so both sides always get rows. Row indices are partitioned in place.
/// </remarks>
internal sealed class IsolationTreeBuilder
{
    /// <summary>Work on this many rows is done without a look at the cancellation token.</summary>
    private const int CheckRows = 4096;

    private readonly TreeSample _sample;
    private readonly int _columns;
    private readonly int _sampleSize;
    private readonly int _depthLimit;
    private readonly int _featuresPerTree;
    private readonly int[] _members;
    private readonly int[] _candidates;
    private readonly Stack<Pending> _pending = new();
    private readonly int[] _feature;
    private readonly float[] _threshold;
    private readonly int[] _left;
    private readonly int[] _size;
    private readonly MixedSplit? _mixed;
    private readonly int[]?[] _right;
    private int _count;

    public IsolationTreeBuilder(TrainingSet training, RowCopies? copies, int sampleSize, int depthLimit, int featuresPerTree)
    {
        _sample = new TreeSample(training, copies, sampleSize);
        _columns = training.Transform.OutputColumns;
        _sampleSize = sampleSize;
        _depthLimit = depthLimit;
        _featuresPerTree = featuresPerTree;
        _members = new int[sampleSize];
        _candidates = new int[_columns];
        int nodes = checked((2 * sampleSize) - 1);
        if (depthLimit < 30)
            nodes = Math.Min(nodes, (2 << depthLimit) - 1);
        _feature = new int[nodes];
        _threshold = new float[nodes];
        _left = new int[nodes];
        _size = new int[nodes];
        var schema = training.Raw.Schema;
        _mixed = schema.HasCategories || schema.AllowsMissing ? new MixedSplit(schema, sampleSize) : null;
        _right = schema.HasCategories ? new int[nodes][] : [];
    }

    /// <summary>Grows the tree that belongs to a seed and an index.</summary>
    public IsolationTree Grow(ulong seed, ulong treeIndex, CancellationToken cancellationToken)
    {
        var random = new CounterRandom(seed, treeIndex);
        _sample.Draw(ref random);
        _sample.Begin(cancellationToken);
        for (int i = 0; i < _members.Length; i++)
            _members[i] = i;
        int candidates = DrawFeatures(ref random);

        _count = 1;
        _pending.Push(new Pending(0, 0, _sampleSize, 0, candidates));
        while (_pending.TryPop(out var node))
        {
            Split(node, ref random, cancellationToken);
        }

        return new IsolationTree(
            _feature.AsSpan(0, _count).ToArray(),
            _threshold.AsSpan(0, _count).ToArray(),
            _left.AsSpan(0, _count).ToArray(),
            _size.AsSpan(0, _count).ToArray(),
            _right.Length > 0 ? _right.AsSpan(0, _count).ToArray() : []);
    }

    private int DrawFeatures(ref CounterRandom random)
    {
        if (_featuresPerTree < _columns)
        {
            var drawn = _candidates.AsSpan(0, _featuresPerTree);
            random.SampleWithoutReplacement(_columns, drawn);
            return _featuresPerTree;
        }

        for (int i = 0; i < _columns; i++)
            _candidates[i] = i;
        return _columns;
    }

    private void Split(Pending node, ref CounterRandom random, CancellationToken cancellationToken)
    {
        var members = _members.AsSpan(node.Start, node.Count);
        _size[node.Slot] = members.Length;
        int candidates = node.Candidates;
        if (members.Length > 1 && node.Depth < _depthLimit)
        {
            while (candidates > 0)
            {
                if (node.Count > CheckRows)
                    cancellationToken.ThrowIfCancellationRequested();
                int drawn = random.NextInt32(candidates);
                int feature = _candidates[drawn];
                var cells = _sample.Column(feature, members, cancellationToken);
                int below = TrySplit(node.Slot, feature, cells, members, ref random);
                if (below > 0)
                {
                    int left = _count;
                    _count += 2;
                    _feature[node.Slot] = feature;
                    _left[node.Slot] = left;
                    _pending.Push(new Pending(left + 1, node.Start + below, members.Length - below, node.Depth + 1, candidates));
                    _pending.Push(new Pending(left, node.Start, below, node.Depth + 1, candidates));
                    return;
                }

                // Constant here, so constant in all descendants. The candidates of a node are a prefix that its descendants only permute,
                // so a sibling that is split later finds its own set again.
                candidates--;
                (_candidates[drawn], _candidates[candidates]) = (_candidates[candidates], feature);
            }
        }

        _feature[node.Slot] = -1;
        _threshold[node.Slot] = 0;
        _left[node.Slot] = 0;
        if (_right.Length > 0)
            _right[node.Slot] = null;
    }

    /// <summary>Brings the rows that go left to the front and gives their number; 0 where the node is constant in the feature.</summary>
    private int TrySplit(int slot, int feature, ReadOnlySpan<float> cells, Span<int> members, ref CounterRandom random)
    {
        if (_mixed is not null)
        {
            int left = _mixed.TryApply(feature, cells, members, ref random, out _threshold[slot], out int[]? right);
            if (_right.Length > 0)
                _right[slot] = right;
            return left;
        }

        var (low, high) = Extremes(cells, members);
        if (!(low < high))
            return 0;
        _threshold[slot] = DrawThreshold(low, high, random.NextDouble());
        return Partition(cells, members, _threshold[slot]);
    }

    private static (float Low, float High) Extremes(ReadOnlySpan<float> cells, ReadOnlySpan<int> members)
    {
        float low = cells[members[0]];
        float high = low;
        foreach (int member in members)
        {
            float value = cells[member];
            low = value < low ? value : low;
            high = value > high ? value : high;
        }

        return (low, high);
    }

    /// <summary>A float32 in (low, high], so that "below the threshold" holds for the least value and not for the greatest.</summary>
    internal static float DrawThreshold(float low, float high, double uniform)
    {
        float threshold = (float)(low + (uniform * ((double)high - low)));
        return Math.Min(Math.Max(threshold, MathF.BitIncrement(low)), high);
    }

    private static int Partition(ReadOnlySpan<float> cells, Span<int> members, float threshold)
    {
        // Branch-free: the member is always swapped to the boundary, and the boundary moves only if it belongs below.
        int below = 0;
        for (int i = 0; i < members.Length; i++)
        {
            int member = members[i];
            members[i] = members[below];
            members[below] = member;
            below += cells[member] < threshold ? 1 : 0;
        }

        return below;
    }

    private readonly record struct Pending(int Slot, int Start, int Count, int Depth, int Candidates);
}
