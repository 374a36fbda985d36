using System.Buffers;
using AnomalyKit.IsolationForest.Scoring;
using AnomalyKit.Numerics;

namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>Exact Shapley values of a forest's mean path length, negated, and of what departures from constant columns add.</summary>
/// <remarks>
/// S. M. Lundberg et al., <i>From local explanations to global understanding with explainable AI for trees</i>, Nature Machine Intelligence 2, 2020, define both kinds of values. That the sum over subsets is an integral of a polynomial, and
/// that all paths share it, is the idea of P. Yu, A. Bifet, J. Read, C. Xu, <i>Linear TreeShap</i>, NeurIPS 2022; <see cref="ShapleyKernel{TLanes, TCoefficients}"/> takes the integral by quadrature.
/// </remarks>
internal sealed unsafe class ForestAttributor : RowAttributor
{
    /// <summary>Nanoseconds that a block may take, about.</summary>
    private const double BlockTime = 40e6;

    /// <summary>Nanoseconds per split and row, about.</summary>
    private const double SplitTime = 3;

    private readonly UnknownColumns _unknown;
    private readonly IShapleyKernel _kernel;
    private readonly RowBlocks _blocks;
    private readonly DepartureCredits _credits;
    private readonly double[] _usualCredits;
    private readonly double _normalPathLength;
    private readonly double _treesBaseline;
    private readonly double _baseline;
    private readonly long _kernelLength;
    private readonly long _scratchLength;
    private readonly int _columns;
    private readonly int _groups;

    private ForestAttributor(FeatureSchema schema, AttributionOptions options, IsolationForestModel model, ForestScorer scorer, VectorWidth width)
        : base(schema, options)
    {
        var forest = new PathForest(model, scorer.Thresholds, Groups);
        var levels = model.Categories is { } categories ? new LevelSets(categories) : null;

        // Only then can part of a row be left where that which stands for the unknown has another part.
        bool ofRows = schema.AllowsMissing && (options.Background is not null || Groups.Count < Groups.ColumnCount);
        _kernel = ShapleyKernels.Resolve(forest, ofRows, width);
        _normalPathLength = model.NormalPathLength;
        _credits = new DepartureCredits(scorer.Departures, Groups, _normalPathLength);
        _usualCredits = new double[Groups.Count];
        if (options.Background is { } background)
        {
            var rows = new BackgroundRows(background, schema, forest.Columns);
            var shares = new BackgroundShares(forest, levels, _kernel, rows.Cells, rows.Count);
            _unknown = shares;
            _treesBaseline = -shares.MeanPathLength;
            _baseline = rows.Credit(_credits, shares.PathLengths, _usualCredits);
        }
        else
        {
            _unknown = new CoverShares(forest, levels, _kernel);
            _treesBaseline = _baseline = -_unknown.MeanPathLength;
        }

        _blocks = new RowBlocks(forest, _kernel.Lanes);
        (_columns, _groups) = (forest.Columns.Length, forest.Groups.Length);
        _kernelLength = _kernel.ScratchLength(forest);
        _scratchLength = _kernelLength + _unknown.ScratchLength + _blocks.CellsLength + _blocks.ContributionsLength;
        double time = forest.Trees.Sum(tree => (double)tree.Count * tree.Rounds) * _unknown.Passes * SplitTime;
        BlockRows = (int)Math.Clamp(BlockTime / (time + 1) / 8, 1, base.BlockRows / 8) * 8;
        Info = new AttributionInfo(
            options.Background is null ? "path-dependent-tree-shap" : "interventional-tree-shap",
            "c(psi) * log2(score), which is the negated mean path length -E[h] of the row where it keeps all columns that were constant in training",
            isExact: true,
            "S. M. Lundberg et al.: From local explanations to global understanding with explainable AI for trees, Nature Machine Intelligence 2, 2020");
    }

    public override AttributionInfo Info { get; }

    public override int BlockRows { get; }

    public static ForestAttributor Of(
        FeatureSchema schema, AttributionOptions options, IsolationForestModel model, ForestScorer scorer, VectorWidth width = VectorWidth.Auto) =>
        new(schema, options, model, scorer, width);

    public override double ScoreOf(double explained) => Math.Pow(2, explained / _normalPathLength);

    public override void AttributeRows(EncodedRows rows, Span<double> contributions, Span<double> baselines, Span<double> explained)
    {
        if (rows.RowCount == 0)
            return;
        if (rows.ColumnCount != Schema.ColumnCount)
            throw new ArgumentException($"The rows have {rows.ColumnCount} columns; the detector was fitted on {Schema.ColumnCount}: {Schema}.", nameof(rows));
        if (contributions.Length != (long)rows.RowCount * Groups.Count || baselines.Length != rows.RowCount || explained.Length != rows.RowCount)
        {
            throw new ArgumentException(
                $"Room for {contributions.Length} contributions, {baselines.Length} baselines and {explained.Length} values; {rows.RowCount} rows of {Groups.Count} groups were given.",
                nameof(contributions));
        }

        baselines.Fill(_baseline);
        double[] rented = ArrayPool<double>.Shared.Rent(checked((int)(_scratchLength + 8)));
        try
        {
            fixed (double* memory = rented)
            {
                double* aligned = (double*)(((nint)memory + 63) & ~63);
                for (int start = 0; start < rows.RowCount; start += _blocks.Rows)
                {
                    int count = Math.Min(_blocks.Rows, rows.RowCount - start);
                    AttributeBlock(rows.Slice(start, count), contributions.Slice(start * Groups.Count, count * Groups.Count), explained.Slice(start, count), aligned);
                }
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    private void AttributeBlock(EncodedRows rows, Span<double> contributions, Span<double> explained, double* memory)
    {
        double* cells = memory;
        double* sums = cells + _blocks.CellsLength;
        double* scratch = sums + _blocks.ContributionsLength;
        new Span<double>(sums, (int)_blocks.ContributionsLength).Clear();
        int vectors = _blocks.Gather(rows, cells);
        var groups = new RowGroups((nint)cells, (nint)sums, (nint)scratch, vectors, _columns, _groups);
        _unknown.Add(groups, scratch + _kernelLength);
        for (int row = 0; row < rows.RowCount; row++)
        {
            var target = contributions.Slice(row * Groups.Count, Groups.Count);
            double value = _treesBaseline + _blocks.Scatter(sums, row, target);
            explained[row] = _credits.Add(rows.Cells.Slice(row * rows.ColumnCount, rows.ColumnCount), value, target);
            for (int i = 0; i < target.Length; i++)
                target[i] -= _usualCredits[i];
        }
    }
}
