using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Training rows of which every cell is known to be one that the schema allows. Trainers that fit on the same rows share the check, and equal scalings with their images of the rows.</summary>
/// <remarks>Thread-safe. For trainers of detectors that hold others; everybody else hands a <see cref="FeatureMatrix"/> to Fit.</remarks>
public sealed class CheckedRows
{
    private const int RowsAtOnce = 16384;

    private readonly ConcurrentDictionary<FeatureScaling, Lazy<FeatureTransform>>? _transforms;
    private readonly ConcurrentDictionary<FeatureTransform, Lazy<FeatureMatrix>>? _images;

    private CheckedRows(FeatureMatrix data, bool areShared)
    {
        Data = data;
        if (areShared)
        {
            _transforms = new();
            _images = new();
        }
    }

    /// <summary>The rows.</summary>
    public FeatureMatrix Data { get; }

    /// <summary>Checks rows.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="context">The running fit.</param>
    /// <returns>The same rows, checked.</returns>
    /// <exception cref="FeatureDataException">A cell is infinite, or NaN where no cell may be missing, or no code of a category.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static CheckedRows Check(FeatureMatrix data, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(context);
        int blocks = Blocks.Count(data.RowCount, RowsAtOnce);
        context.ForBlocks("checking the data", blocks, block =>
        {
            int end = (int)Math.Min(data.RowCount, (block + 1L) * RowsAtOnce);
            for (int row = block * RowsAtOnce; row < end;)
            {
                var rows = data.ContiguousCells(row, end - row);
                CellChecks.ThrowIfNotValid(rows, row, data.Schema);
                row += rows.Length / data.ColumnCount;
            }
        });
        return new CheckedRows(data, areShared: false);
    }

    /// <summary>The same rows for several trainers: scalings that are fitted on them, and their images, are kept for the next trainer with an equal one.</summary>
    /// <returns>Rows that share; these, if they do already.</returns>
    public CheckedRows Shared() => _transforms is not null ? this : new CheckedRows(Data, areShared: true);

    /// <summary>Some of the rows.</summary>
    internal CheckedRows Select(ReadOnlySpan<int> rows) => new(Data.SelectRows(rows), areShared: false);

    /// <summary>Rows that are known to be of these: the same rows with other weights, or a selection. These, where nothing differs.</summary>
    internal CheckedRows Known(FeatureMatrix rows) => ReferenceEquals(rows, Data) ? this : new(rows, areShared: _transforms is not null);

    /// <summary>Fits a scaling, or hands out the transform that an equal one gave before.</summary>
    internal FeatureTransform Fit(FeatureScaling scaling, FitContext context)
    {
        if (_transforms is null)
            return FitAnew(scaling, context);
        // The lazy value, not the dictionary, sees to it that one thread fits and the others wait.
        return Value(_transforms, scaling, key => FitAnew(key, context));
    }

    /// <summary>The rows as a transform maps them, or those that an equal one mapped before.</summary>
    internal FeatureMatrix Image(FeatureTransform transform, FitContext context)
    {
        if (transform.IsIdentity)
            return Data;
        if (_images is null)
            return MapAnew(transform, context);
        return Value(_images, transform, key => MapAnew(key, context));
    }

    /// <summary>The value that is kept, or a new one. A failure, of a fit that was cancelled for instance, is not kept: it is no other fit's, and whoever waited for it makes the value anew.</summary>
    private static TValue Value<TKey, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TValue>(ConcurrentDictionary<TKey, Lazy<TValue>> kept, TKey key, Func<TKey, TValue> make)
        where TKey : notnull
    {
        while (true)
        {
            var own = new Lazy<TValue>(() => make(key));
            var value = kept.GetOrAdd(key, own);
            try
            {
                return value.Value;
            }
            catch
            {
                kept.TryRemove(new KeyValuePair<TKey, Lazy<TValue>>(key, value));
                if (ReferenceEquals(value, own))
                    throw;
            }
        }
    }

    private FeatureTransform FitAnew(FeatureScaling scaling, FitContext context)
    {
        var transform = scaling.Fit(Data, context);
        return transform.InputColumns == Data.ColumnCount
            ? transform
            : throw new ArgumentException(
                $"The scaling '{scaling}' was fitted on {transform.InputColumns} columns; the data has {Data.ColumnCount}.", nameof(scaling));
    }

    private FeatureMatrix MapAnew(FeatureTransform transform, FitContext context)
    {
        const int StepRows = 1024;
        int inputs = Data.ColumnCount;
        int outputs = transform.OutputColumns;
        int blockRows = Math.Max(StepRows, (4 << 20) / outputs / StepRows * StepRows);
        int blocks = Blocks.Count(Data.RowCount, blockRows);
        var memory = new ReadOnlyMemory<float>[blocks];
        context.ForBlocks("scaling", blocks, block =>
        {
            int start = block * blockRows;
            int count = Math.Min(blockRows, Data.RowCount - start);
            var cells = GC.AllocateUninitializedArray<float>(count * outputs);
            for (int row = 0; row < count;)
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                var source = Data.ContiguousCells(start + row, Math.Min(StepRows, count - row));
                int taken = source.Length / inputs;
                transform.Apply(source, cells.AsSpan(row * outputs, taken * outputs));
                row += taken;
            }

            memory[block] = cells;
        });
        return FeatureMatrix.WrapBlocks(memory, FeatureSchema.Unnamed(outputs));
    }
}
