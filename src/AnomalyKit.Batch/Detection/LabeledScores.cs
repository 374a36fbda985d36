namespace AnomalyKit;

/// <summary>The scores of rows of which the label is known.</summary>
public sealed class LabeledScores
{
    private LabeledScores(bool[] labels, float[] scores)
    {
        Labels = labels;
        Scores = scores;
    }

    /// <summary>One label per row: whether it is an anomaly.</summary>
    public ReadOnlyMemory<bool> Labels { get; }

    /// <summary>One score per row.</summary>
    public ReadOnlyMemory<float> Scores { get; }

    /// <summary>Scores all rows of a source, and reads their labels.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="reader">The rows with a label column: <see cref="TableDetectorFiles.OpenFiles"/>.</param>
    /// <param name="options">Threads, the size of batches and progress; what is written does not matter.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The scores, 5 bytes per row.</returns>
    /// <exception cref="ArgumentException">The rows have no label column.</exception>
    /// <exception cref="TableDataException">A cell cannot be used, or is not a label; row, column and value are named.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static LabeledScores Of(TableDetector detector, TableReader reader, TableScoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(reader);
        if (reader.Schema.LabelIndex < 0)
            throw new ArgumentException("The rows have no label column. Name it in the layout (TableLayout.LabelColumn).", nameof(reader));
        var labels = new List<bool>();
        var scores = new List<float>();
        foreach (var batch in detector.ScoreBatches(reader, options, cancellationToken))
        {
            labels.AddRange(batch.Table.ReadLabels()!);
            scores.AddRange(batch.Scores.Span);
        }

        return new LabeledScores([.. labels], [.. scores]);
    }
}
