using System.Buffers;

namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>Scores rows with a forest by whichever kernel suits their number and the trees' shapes. All kernels give the same bits.</summary>
internal sealed unsafe class ForestScorer
{
    private readonly int _columns;
    private readonly double _factor;
    private readonly TreeWalker _everyTree;
    private readonly int _tileRows;
    private readonly int _fewestSlicedRows;
    private readonly Lazy<SlicedForest?> _sliced;
    private readonly ConstantDepartures? _departures;
    private readonly MixedWalker? _mixed;

    /// <param name="model">The forest.</param>
    /// <param name="folded">A scaling to be moved into the thresholds, so that rows are scored as they come; or nothing.</param>
    /// <param name="kernel">The kernel to use for whole tiles.</param>
    /// <param name="schema">The columns that rows are scored in, or null where the model sees transformed ones.</param>
    public ForestScorer(IsolationForestModel model, ColumnScaling? folded, ForestKernel kernel = ForestKernel.Auto, FeatureSchema? schema = null)
    {
        _columns = model.Columns;
        _departures = model.Constants is { } constants ? new ConstantDepartures(constants, schema) : null;
        float[] thresholds = model.Threshold;
        if (folded is not null)
        {
            thresholds = new float[thresholds.Length];
            for (int i = 0; i < thresholds.Length; i++)
                thresholds[i] = model.Feature[i] < 0 ? 0 : ThresholdFolding.Fold(folded, model.Feature[i], model.Threshold[i]);
        }

        Thresholds = thresholds;

        // Forests of plain columns know nothing of it.
        if (schema is not null && (schema.HasCategories || schema.AllowsMissing))
            _mixed = new MixedWalker(model);

        // c(ψ) is at least c(2) = 1: never zero.
        _factor = 1.0 / ((double)model.TreeCount * (1 << IsolationForestModel.FractionBits) * model.NormalPathLength);
        _everyTree = new TreeWalker(model, thresholds, [.. Enumerable.Range(0, model.TreeCount)]);
        kernel = ForestKernels.Resolve(kernel);
        _tileRows = ForestKernels.RowsPerTile(kernel);
        // A tile costs the same however few of its rows are there; below a twelfth of it walking is cheaper.
        _fewestSlicedRows = _tileRows / 12;
        // Services that score row by row, and forests that are only saved or merged, never need the tables.
        _sliced = new Lazy<SlicedForest?>(() => kernel == ForestKernel.Walk ? null : SlicedForest.Of(kernel, model, thresholds));
    }

    /// <summary>The most rows to score at once: a row with missing cells may visit every node, and a call must not take long.</summary>
    public int MaxBlockRows => _mixed is null ? int.MaxValue : _mixed.MaxBlockRows;

    /// <summary>The thresholds of all nodes in terms of the rows that are scored.</summary>
    public float[] Thresholds { get; }

    /// <summary>What raises the scores of rows that depart from constant columns; null where no column is constant.</summary>
    public ConstantDepartures? Departures => _departures;

    public void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        // All that follows walks by pointers.
        if (rows.Length != (long)scores.Length * _columns)
            throw new ArgumentException($"{rows.Length} cells for {scores.Length} rows of {_columns} columns.", nameof(rows));
        var sliced = scores.Length >= _fewestSlicedRows ? _sliced.Value : null;
        // Sums of a tile, then what the kernel needs, from a pool, since scoring must not allocate.
        byte[] rented = ArrayPool<byte>.Shared.Rent((_tileRows * sizeof(double)) + (sliced?.ScratchBytes ?? 0) + 128);
        try
        {
            fixed (byte* memory = rented)
            fixed (float* cells = rows)
            {
                byte* aligned = (byte*)(((nint)memory + 63) & ~63);
                double* sums = (double*)aligned;
                byte* scratch = aligned + (_tileRows * sizeof(double));
                for (int start = 0; start < scores.Length; start += _tileRows)
                {
                    int count = Math.Min(_tileRows, scores.Length - start);
                    ScoreTile(sliced, cells + ((long)start * _columns), scores.Slice(start, count), sums, scratch);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        _departures?.Raise(rows, scores);
    }

    private void ScoreTile(SlicedForest? sliced, float* rows, Span<float> scores, double* sums, byte* scratch)
    {
        var tileSums = new Span<double>(sums, scores.Length);
        tileSums.Clear();
        if (_mixed is not null)
            AddMixedPathLengths(_mixed, sliced, rows, scores.Length, sums, scratch);
        else
            AddPathLengths(sliced, rows, scores.Length, sums, scratch);
        PathLengthScore.FromSums(tileSums, _factor, scores);
    }

    private void AddPathLengths(SlicedForest? sliced, float* rows, int rowCount, double* sums, byte* scratch)
    {
        if (sliced is null || rowCount < _fewestSlicedRows)
            _everyTree.AddPathLengths(rows, rowCount, sums);
        else
            sliced.AddPathLengths(rows, rowCount, sums, scratch);
    }

    /// <summary>Complete rows are left to the kernels of plain columns, which take missing cells for any number: those rows are walked afterwards.</summary>
    private void AddMixedPathLengths(MixedWalker mixed, SlicedForest? sliced, float* rows, int rowCount, double* sums, byte* scratch)
    {
        Span<int> found = stackalloc int[MixedWalker.TileRows];
        var which = found[..mixed.FindRows(new ReadOnlySpan<float>(rows, rowCount * _columns), found)];
        if (which.Length < rowCount)
            AddPathLengths(sliced, rows, rowCount, sums, scratch);
        mixed.SetPathLengths(rows, which, sums);
    }
}
