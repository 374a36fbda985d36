using System.Numerics;
using AnomalyKit.IsolationForest;
using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Fits isolation forests: trees that split random features at random thresholds, and need few splits to isolate what is rare and different.</summary>
/// <remarks>
/// <para>
/// F. T. Liu, K. M. Ting, Z.-H. Zhou, <i>Isolation Forest</i>, ICDM 2008. Each tree is grown on its own sample of ψ rows, drawn without
/// replacement; a split's feature is drawn among those that are not constant in the node, its threshold uniformly between the node's least and
/// greatest value; growing stops at single rows, at nodes where all features are constant, and at the depth limit.
/// </para>
/// <para>
/// Cost: fitting touches <c>Trees · SampleSize</c> rows and reads the others once (to check them; and once more to score them where the threshold
/// rule looks at scores). Of wide rows a tree reads only the cells that its splits look at. Memory: 36 bytes per node for the model (nodes ≤ 2·ψ − 1 per tree), at most
/// ψ · (4 · columns + 48) bytes per thread while growing, and 128 to 256 bytes per split once batches are scored.
/// </para>
/// <para>The forest of a seed is the same, bit for bit, at any degree of parallelism, on any machine.</para>
/// </remarks>
public sealed record IsolationForestTrainer : DetectorTrainer<IsolationForestDetector>
{
    private const long MaxDrawnRows = 1 << 26;

    /// <summary>The number of trees.</summary>
    /// <value>From 1 to 1,000,000; the default is 100, with which path lengths have converged on most data (Liu et al. 2008, section 4.2).</value>
    public int TreeCount { get; init => field = InRange(value, 1, 1_000_000, nameof(TreeCount)); } = 100;

    /// <summary>The rows that each tree is grown on, ψ: drawn without replacement. Where the data has fewer rows, all of them.</summary>
    /// <value>From 2 to 16,777,216; the default is 256. Small samples are not a compromise: they keep anomalies apart from each other.</value>
    public int SampleSize { get; init => field = InRange(value, 2, IsolationForestModel.LargestSample, nameof(SampleSize)); } = 256;

    /// <summary>The depth at which trees stop growing, or null for ⌈log₂ ψ⌉, the average depth of a balanced tree.</summary>
    /// <value>From 1 to 4,096, or null (the default).</value>
    public int? MaxDepth
    {
        get;
        init => field = value is { } depth ? InRange(depth, 1, IsolationForestModel.DeepestLimit, nameof(MaxDepth)) : null;
    }

    /// <summary>How many randomly drawn features each tree may split by, or null for all features.</summary>
    /// <value>At least 1, or null (the default). More than the data has columns is refused by Fit.</value>
    public int? FeaturesPerTree
    {
        get;
        init => field = value is { } features ? InRange(features, 1, int.MaxValue, nameof(FeaturesPerTree)) : null;
    }

    /// <summary>The seed of all random choices.</summary>
    /// <value>Any number; the default is 0.</value>
    public ulong Seed { get; init; }

    /// <summary>The index of the first tree in the seed's sequence of trees, for growing one forest on several machines.</summary>
    /// <value>At least 0, the default. Machines with the same seed and data, given 0, 100, 200 …, grow parts to be merged.</value>
    public int FirstTree { get; init => field = InRange(value, 0, int.MaxValue, nameof(FirstTree)); }

    /// <inheritdoc/>
    /// <value>True: a missing cell is every value in proportion to how common it is.</value>
    public override bool AcceptsMissing => true;

    /// <inheritdoc/>
    /// <value>True: categories are split by random subsets of their levels.</value>
    public override bool AcceptsCategories => true;

    /// <remarks>
    /// Each tree's sample is drawn without replacement by weight: one row after the other, in proportion to what is left of the rows' weights, of which each draw takes 1 (C. K.
    /// Wong, M. C. Easton, SIAM Journal on Computing 9, 1980). So a row of weight 3 may be in a sample three times, ψ is at most the sum of the weights, and whole weights
    /// give the forest of the data in which every row is repeated in place, to the bit.
    /// </remarks>
    public override bool AcceptsWeights => true;

    /// <inheritdoc/>
    /// <remarks>The sampled rows of a tree with all their columns, which is the most that a thread may copy, and 16 bytes per node of all trees.</remarks>
    public override long EstimateMemory(int rows, int columns)
    {
        long sampled = Math.Min(rows, SampleSize);
        return (4 * sampled * columns * Environment.ProcessorCount) + (16L * 2 * sampled * TreeCount);
    }

    /// <inheritdoc/>
    /// <remarks>The samples of all trees: at most <see cref="TreeCount"/> · <see cref="SampleSize"/> rows, and null where that is more than 2²⁶.</remarks>
    protected override IReadOnlyCollection<long>? DrawModelRows(long totalRowCount)
    {
        int sampleSize = (int)Math.Min(SampleSize, totalRowCount);
        if ((long)TreeCount * sampleSize > MaxDrawnRows)
            return null;
        var rows = new HashSet<long>();
        var sample = new long[sampleSize];
        for (int tree = 0; tree < TreeCount; tree++)
        {
            new CounterRandom(Seed, (ulong)FirstTree + (ulong)tree).SampleWithoutReplacement(totalRowCount, sample);
            rows.UnionWith(sample);
        }

        return rows;
    }

    /// <inheritdoc/>
    protected override void Validate(FeatureMatrix data)
    {
        if (FeaturesPerTree > data.ColumnCount)
        {
            throw new ArgumentException(
                $"FeaturesPerTree is {FeaturesPerTree}; the data has {data.ColumnCount} columns. Give at most that many, or leave it null for all.",
                nameof(data));
        }

        long rows = data.HasWeights ? new RowCopies(data.Weights.Span).Count : data.RowCount;
        long cells = Math.Min(SampleSize, rows) * data.ColumnCount;
        if (cells > Array.MaxLength)
        {
            throw new ArgumentException(
                $"SampleSize {SampleSize} of {data.ColumnCount} columns is {cells} cells a tree; at most {Array.MaxLength} fit. Use a smaller SampleSize.",
                nameof(data));
        }
    }

    /// <inheritdoc/>
    protected override ModelFit FitDetector(TrainingSet training, FitContext context)
    {
        var copies = training.HasWeights ? new RowCopies(training.Weights.Span) : null;
        int sampleSize = (int)Math.Min(SampleSize, copies?.Count ?? training.Subset?.TotalRowCount ?? training.Raw.RowCount);
        int depthLimit = MaxDepth ?? Math.Max(1, BitOperations.Log2((uint)sampleSize - 1) + 1);
        int columns = training.Transform.OutputColumns;
        int featuresPerTree = Math.Min(FeaturesPerTree ?? columns, columns);
        var trees = new IsolationTree[TreeCount];

        var constants = ConstantColumnSearch.Find(training, context.Part(0, 0.02));
        context = context.Part(0.02, 1);

        // Trees go to threads in runs, so that a builder's buffers serve several; a tree depends on its index alone.
        int runs = Math.Min(TreeCount, Math.Max(4 * context.Threads, 16));
        context.ForBlocks("growing trees", runs, run =>
        {
            int begin = (int)((long)TreeCount * run / runs);
            int end = (int)((long)TreeCount * (run + 1) / runs);
            var builder = new IsolationTreeBuilder(training, copies, sampleSize, depthLimit, featuresPerTree);
            for (int tree = begin; tree < end; tree++)
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                trees[tree] = builder.Grow(Seed, (ulong)FirstTree + (ulong)tree, context.CancellationToken);
            }
        });

        var forest = Assemble(trees, columns, sampleSize, depthLimit, constants);
        return new ModelFit(new FittedForest(training.Raw.Schema, training.Transform, forest));
    }

    private static IsolationForestModel Assemble(IsolationTree[] trees, int columns, int sampleSize, int depthLimit, ConstantColumns? constants)
    {
        long nodes = trees.Sum(tree => (long)tree.Feature.Length);
        if (nodes > Array.MaxLength)
        {
            throw new InvalidOperationException(
                $"The forest has {nodes} nodes; at most {Array.MaxLength} fit. Use fewer trees, a smaller sample size or a lower depth limit.");
        }

        var starts = new int[trees.Length + 1];
        var feature = new int[nodes];
        var threshold = new float[nodes];
        var left = new int[nodes];
        var size = new int[nodes];
        for (int i = 0; i < trees.Length; i++)
        {
            int at = starts[i];
            trees[i].Feature.CopyTo(feature, at);
            trees[i].Threshold.CopyTo(threshold, at);
            trees[i].Left.CopyTo(left, at);
            trees[i].Size.CopyTo(size, at);
            starts[i + 1] = at + trees[i].Feature.Length;
        }

        var splits = CategorySplits.Of(trees.SelectMany((tree, i) => tree.Right.Select((right, node) => (starts[i] + node, right!)).Where(split => split.Item2 is not null)));
        return new IsolationForestModel(columns, sampleSize, depthLimit, starts, feature, threshold, left, size, constants, splits);
    }
}
