namespace AnomalyKit;

/// <summary>Fits and scores the rows of files.</summary>
public static class TableDetectorFiles
{
    /// <summary>Above so many bytes rows are not read into memory at once: an isolation forest looks at them twice, and other detectors at a sample.</summary>
    public const long MaxBytesInMemory = 1L << 28;

    /// <summary>How many rows are sampled of files that are too long for memory, where the detector needs all rows.</summary>
    public const int DefaultSampleSize = 1_000_000;

    /// <summary>Fits preparation and detector on the rows of files of any length.</summary>
    /// <param name="trainer">The preparation and the trainer.</param>
    /// <param name="files">The files.</param>
    /// <param name="layout">Which columns are read, as what; all by default, as features. A label is not looked at.</param>
    /// <param name="options">Threads and progress; nothing here changes the result.</param>
    /// <param name="sampleSize">
    /// The most rows that a detector is fitted on, drawn uniformly and always the same. An isolation forest is that of all rows, whatever this says. With null (the default) all rows are used, or
    /// <see cref="DefaultSampleSize"/> of files of more than <see cref="MaxBytesInMemory"/> bytes. The threshold comes from the scores of all rows in any case.
    /// </param>
    /// <param name="reading">How files are read.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <returns>The fitted detector.</returns>
    /// <exception cref="TableDataException">The files cannot be used; the message names file, row, column, value and remedy.</exception>
    /// <exception cref="ArgumentException">The options do not fit the table, or each other.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TableDetector FitFiles(
        this TableTrainer trainer,
        TableFiles files,
        TableLayout? layout = null,
        FitOptions? options = null,
        int? sampleSize = null,
        TableReadOptions? reading = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(files);
        bool isLong = files.CanRepeat && (sampleSize is not null || files.Bytes > MaxBytesInMemory);
        // Row numbers must not shift, and weights are settled before rows are drawn.
        if (isLong && layout?.WeightColumn is null && reading?.Csv.BadRows is null or CsvBadRows.Refuse)
            return ShardedFit.Fit(trainer, ShardPlan.Create(files, 1, layout, reading, cancellationToken), options, sampleSize ?? DefaultSampleSize, cancellationToken);
        if (sampleSize is not null)
            throw new ArgumentException("A sample is drawn by row number. It does not work with weights, skipped rows or standard input. Leave out the sample size, or use none of these.", nameof(sampleSize));
        using var reader = files.Open(layout, reading, cancellationToken);
        return trainer.Fit(reader.ReadAll(cancellationToken), options, cancellationToken);
    }

    /// <summary>Opens files for a detector: the columns that it looks at, and others that ride along.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="files">The files.</param>
    /// <param name="keptColumns">Columns that ride along; of CSV as they are written. None by default.</param>
    /// <param name="labelColumn">The column that says which rows are anomalies; null (the default) for none.</param>
    /// <param name="reading">How files are read.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>A reader that stands before the first row.</returns>
    /// <exception cref="TableDataException">A column is missing, or a file is damaged.</exception>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    public static TableFilesReader OpenFiles(
        this TableDetector detector, TableFiles files, IReadOnlyList<string>? keptColumns = null, string? labelColumn = null, TableReadOptions? reading = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(files);
        var layout = detector.LayoutOf(keptColumns, files, labelColumn);
        return files.Open(layout, reading, cancellationToken);
    }

    /// <summary>The columns that a detector looks at in files, and others that ride along.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="keptColumns">Columns that ride along; of CSV as they are written.</param>
    /// <param name="files">The files.</param>
    /// <param name="labelColumn">The column that says which rows are anomalies; null (the default) for none.</param>
    /// <returns>The layout.</returns>
    public static TableLayout LayoutOf(this TableDetector detector, IReadOnlyList<string>? keptColumns, TableFiles files, string? labelColumn = null)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(files);
        var features = detector.Layout;
        string[] ids = [.. (keptColumns ?? []).Except(detector.Preparation.Schema.Fields.Select(field => field.Name)).Distinct()];
        var kinds = new Dictionary<string, ColumnKind>(features.Kinds);
        // Text rides along as it is, and nobody has to look at all of it first to know what it is.
        foreach (string id in ids.Where(_ => files.Files.All(file => file.Format == TableFormat.Csv)))
            kinds[id] = ColumnKind.Category;
        return new TableLayout { Columns = features.Columns, IdColumns = ids, Kinds = kinds, LabelColumn = labelColumn };
    }

    /// <summary>Scores the rows of files into a destination, in memory that does not grow with them.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="files">The files.</param>
    /// <param name="writer">Receives the kept columns and the scores, and is completed.</param>
    /// <param name="options">What is written, threads and progress; <see cref="TableScoreOptions.KeptColumns"/> need not be columns that the detector looks at.</param>
    /// <param name="reading">How files are read.</param>
    /// <param name="cancellationToken">Stops the scoring; the destination is not completed.</param>
    /// <returns>How many rows were scored, and how many of them are anomalies.</returns>
    /// <exception cref="ArgumentException">There is no such column to keep, or it is named like one of the results.</exception>
    /// <exception cref="TableDataException">A column is missing, a cell cannot be used, or a file is damaged; file, row, column and value are named.</exception>
    /// <exception cref="IOException">A file or the destination fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TableProgress ScoreFiles(
        this TableDetector detector, TableFiles files, TableWriter writer, TableScoreOptions? options = null, TableReadOptions? reading = null, CancellationToken cancellationToken = default)
    {
        using var reader = detector.OpenFiles(files, options?.KeptColumns, labelColumn: null, reading, cancellationToken);
        return detector.Score(reader, writer, options, cancellationToken);
    }
}
