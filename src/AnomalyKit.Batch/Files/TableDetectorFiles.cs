namespace AnomalyKit;

/// <summary>Fits and scores the rows of files.</summary>
public static class TableDetectorFiles
{
    /// <summary>Fits preparation and detector on the rows of files, which are read into memory.</summary>
    /// <param name="trainer">The preparation and the trainer.</param>
    /// <param name="files">The files.</param>
    /// <param name="layout">Which columns are read, as what; all by default, as features. A label is not looked at.</param>
    /// <param name="options">Threads and progress; nothing here changes the result.</param>
    /// <param name="reading">How files are read.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <returns>The fitted detector, and the scores of the training rows.</returns>
    /// <exception cref="TableDataException">The files cannot be used; the message names file, row, column, value and remedy.</exception>
    /// <exception cref="ArgumentException">The options do not fit the table, or each other.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TableFitResult FitFiles(
        this TableTrainer trainer, TableFiles files, TableLayout? layout = null, FitOptions? options = null, TableReadOptions? reading = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(files);
        using var reader = files.Open(layout, reading, cancellationToken);
        return trainer.FitAndScore(reader.ReadAll(cancellationToken), options, cancellationToken);
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
        var features = detector.Layout;
        string[] ids = [.. (keptColumns ?? []).Except(detector.Preparation.Schema.Fields.Select(field => field.Name)).Distinct()];
        var kinds = new Dictionary<string, ColumnKind>(features.Kinds);
        // Text rides along as it is, and nobody has to look at all of it first to know what it is.
        foreach (string id in ids.Where(_ => files.Files.All(file => file.Format == TableFormat.Csv)))
            kinds[id] = ColumnKind.Category;
        var layout = new TableLayout { Columns = features.Columns, IdColumns = ids, Kinds = kinds, LabelColumn = labelColumn };
        return files.Open(layout, reading, cancellationToken);
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
