namespace AnomalyKit;

/// <summary>The rows that a detector is fitted on: as they came, and as the model sees them.</summary>
public sealed class TrainingSet
{
    internal TrainingSet(CheckedRows rows, FeatureTransform transform, bool scoresAreWanted, RowSubset? subset = null)
    {
        Subset = subset;
        Rows = rows;
        Transform = transform;
        ScoresAreWanted = scoresAreWanted;
    }

    /// <summary>The rows as they came; every cell is one that their schema allows.</summary>
    public FeatureMatrix Raw => Rows.Data;

    /// <summary>The rows as they came, for trainers that hand them to others.</summary>
    public CheckedRows Rows { get; }

    /// <summary>Where the rows stand in the table that the model is for, if they are only some of its rows; null where they are all of them.</summary>
    public RowSubset? Subset { get; }

    /// <summary>Whether rows have weights that an algorithm must look at: they are above 0 and not all 1. False unless the trainer's <see cref="IDetectorTrainer.AcceptsWeights"/> is true.</summary>
    public bool HasWeights => Raw.HasWeights;

    /// <summary>One weight per row, above 0 and finite: how many times the row counts. Empty where every row counts once.</summary>
    public ReadOnlyMemory<double> Weights => Raw.Weights;

    /// <summary>The scaling, fitted on these rows.</summary>
    public FeatureTransform Transform { get; }

    /// <summary>Whether the scores of the rows will be asked for: by the threshold, the calibration or the caller. If not, a trainer need not compute them.</summary>
    public bool ScoresAreWanted { get; }

    /// <summary>Transforms all rows: rows × output columns cells, or the rows themselves where the transform is the identity.</summary>
    /// <param name="context">The running fit.</param>
    /// <returns>The rows as the model sees them, under unnamed columns.</returns>
    public FeatureMatrix Transformed(FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Rows.Image(Transform, context);
    }

    /// <summary>Scores all rows as new ones.</summary>
    /// <param name="model">The fitted model.</param>
    /// <param name="context">The running fit.</param>
    /// <returns>One score per row.</returns>
    public float[] Score(DetectorModel model, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(context);
        return Score(model, Rows, context);
    }

    /// <summary>Scores some of the rows as new ones.</summary>
    /// <param name="model">The fitted model.</param>
    /// <param name="rows">Which rows, zero-based.</param>
    /// <param name="context">The running fit.</param>
    /// <returns>One score for each of them.</returns>
    public float[] Score(DetectorModel model, ReadOnlySpan<int> rows, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(context);
        return Score(model, Rows.Select(rows), context);
    }

    /// <summary>Scores checked rows of the same columns as new ones.</summary>
    internal static float[] Score(DetectorModel model, CheckedRows rows, FitContext context)
    {
        var scores = GC.AllocateUninitializedArray<float>(rows.Data.RowCount);
        MatrixScoring.By(model, rows.Data.Schema, context).Run(rows.Data, scores, context.CancellationToken);
        return scores;
    }
}
