using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>The rows that a detector is fitted on: as they came, and as the model sees them.</summary>
public sealed class TrainingSet
{
    internal TrainingSet(FeatureMatrix raw, FeatureTransform transform, bool ownScoresWanted)
    {
        OwnScoresWanted = ownScoresWanted;
        Raw = raw;
        Transform = transform;
    }

    /// <summary>The rows as they came; every cell is finite.</summary>
    public FeatureMatrix Raw { get; }

    /// <summary>The scaling, fitted on these rows.</summary>
    public FeatureTransform Transform { get; }

    /// <summary>Whether the rows' own scores will be asked for: by the threshold, the calibration or the caller. Trainers that get them on the way may keep them.</summary>
    public bool OwnScoresWanted { get; }

    /// <summary>Transforms all rows: a copy of n × output columns cells, or the rows themselves where the transform is the identity.</summary>
    /// <param name="context">The running fit.</param>
    /// <returns>The rows as the model sees them, under unnamed columns.</returns>
    public FeatureMatrix Transformed(FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Transform.IsIdentity)
            return Raw;
        const int StepRows = 1024;
        int inputs = Raw.ColumnCount;
        int outputs = Transform.OutputColumns;
        int blockRows = Math.Max(StepRows, (4 << 20) / outputs / StepRows * StepRows);
        int blocks = Blocks.Count(Raw.RowCount, blockRows);
        var memory = new ReadOnlyMemory<float>[blocks];
        context.ForBlocks("scaling", blocks, block =>
        {
            int start = block * blockRows;
            int count = Math.Min(blockRows, Raw.RowCount - start);
            var cells = GC.AllocateUninitializedArray<float>(count * outputs);
            for (int row = 0; row < count;)
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                var source = Raw.ContiguousRows(start + row, Math.Min(StepRows, count - row));
                int taken = source.Length / inputs;
                Transform.Apply(source, cells.AsSpan(row * outputs, taken * outputs));
                row += taken;
            }

            memory[block] = cells;
        });
        return FeatureMatrix.WrapBlocks(memory, FeatureSchema.Unnamed(outputs));
    }
}
