namespace AnomalyKit.ML.Inputs;

/// <summary>Rows of a cursor that were taken and not scored yet.</summary>
internal abstract class PendingRows
{
    /// <summary>Takes the current row.</summary>
    /// <returns>How many cells it has.</returns>
    public abstract int Add();

    /// <summary>Scores the rows taken since the last call.</summary>
    /// <param name="scores">One per row.</param>
    /// <param name="firstRow">The number of the first of them, for errors.</param>
    public abstract void Score(Span<float> scores, long firstRow);
}
