namespace AnomalyKit.Batch.Reading;

/// <summary>Files of one format that follow each other, and are read by one reader.</summary>
/// <param name="Format">The format.</param>
/// <param name="Files">The files: any number of Parquet, one of another format.</param>
internal sealed record FileRun(TableFormat Format, IReadOnlyList<TableFile> Files)
{
    public string Name => Files[0].Path == TableFile.StandardInput ? "standard input" : Files[0].Path;

    public static IReadOnlyList<FileRun> Of(IReadOnlyList<TableFile> files)
    {
        var runs = new List<FileRun>();
        for (int start = 0; start < files.Count;)
        {
            int end = start + 1;
            while (files[start].Format == TableFormat.Parquet && end < files.Count && files[end].Format == TableFormat.Parquet)
                end++;
            runs.Add(new FileRun(files[start].Format, [.. files.Skip(start).Take(end - start)]));
            start = end;
        }

        return runs;
    }

    /// <summary>Opens the files.</summary>
    public TableReader Open(TableLayout layout, TableReadOptions options, CancellationToken cancellationToken)
    {
        foreach (var file in Files.Where(file => file.CanRepeat))
            ThrowIfChanged(file);
        bool isInput = Files[0].Path == TableFile.StandardInput;
        return Format switch
        {
            TableFormat.Csv when isInput => CsvTableReader.Open(new StandardInput(cancellationToken), layout, options.Csv, cancellationToken: cancellationToken),
            TableFormat.Csv => CsvTableReader.Open(Files[0].Path, layout, options.Csv, cancellationToken),
            TableFormat.Arrow when isInput => ArrowTableReader.Open(new StandardInput(cancellationToken), layout),
            TableFormat.Arrow => ArrowTableReader.Open(Files[0].Path, layout),
            TableFormat.Parquet when isInput => throw new TableDataException("Parquet cannot be read from standard input, because its footer is at the end. Give a file, or use Arrow."),
            TableFormat.Parquet => ParquetTableReader.Open(Files.Select(file => file.Path), layout, new ParquetReadOptions { ReadPartitions = options.ReadPartitions }),
            _ => throw new TableDataException($"'{Name}' holds JSON lines. They can be written but not read. Use CSV, Parquet or Arrow."),
        };
    }

    private static void ThrowIfChanged(TableFile file)
    {
        var now = new FileInfo(file.Path);
        if (!now.Exists)
            throw new IOException($"'{file.Path}' existed when the files were found, but is gone now. Make sure that the files do not change while they are read.");
        if (now.Length != file.Bytes)
            throw new IOException($"'{file.Path}' had {file.Bytes} bytes when the files were found, but has {now.Length} now. Make sure that the files do not change while they are read.");
    }
}
