namespace AnomalyKit;

/// <summary>The scores of rows of which the label is known.</summary>
public sealed class LabeledScores
{
    private readonly List<bool?> _labels;

    private LabeledScores(List<bool?> labels, float[] scores)
    {
        _labels = labels;
        Labels = labels.Where(label => label is not null).Select(label => label == true).ToArray();
        Scores = scores;
    }

    /// <summary>One label for each row that has one, in the order of the rows: whether it is an anomaly.</summary>
    public ReadOnlyMemory<bool> Labels { get; }

    /// <summary>One score for each of <see cref="Labels"/>.</summary>
    public ReadOnlyMemory<float> Scores { get; }

    /// <summary>How many rows were left out, because their label is missing.</summary>
    public long UnlabeledCount => _labels.Count - Labels.Length;

    /// <summary>The label of a row of the source.</summary>
    /// <param name="row">The zero-based row.</param>
    /// <returns>Whether it is an anomaly; null where the label is missing.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public bool? LabelOf(long row) => _labels[checked((int)row)];

    /// <summary>Scores all rows of a source, and reads their labels. Rows whose label is missing are left out.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="reader">The rows with a label column: <see cref="TableDetectorFiles.OpenFiles"/>.</param>
    /// <param name="options">Threads, the size of batches and progress; what is written does not matter.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The scores, 7 bytes per row.</returns>
    /// <exception cref="ArgumentException">The rows have no label column.</exception>
    /// <exception cref="TableDataException">A cell cannot be used, or is not a label; row, column and value are named.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static LabeledScores Of(TableDetector detector, TableReader reader, TableScoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(reader);
        if (reader.Schema.LabelIndex < 0)
            throw new ArgumentException("The rows have no label column. Name it in the layout (TableLayout.LabelColumn).", nameof(reader));
        var labels = new List<bool?>();
        var scores = new List<float>();
        foreach (var batch in detector.ScoreBatches(reader, options, cancellationToken))
        {
            bool?[] known = batch.Table.ReadKnownLabels(labels.Count)!;
            labels.AddRange(known);
            for (int row = 0; row < known.Length; row++)
            {
                if (known[row] is not null)
                    scores.Add(batch.Scores.Span[row]);
            }
        }

        return new LabeledScores(labels, [.. scores]);
    }
}
