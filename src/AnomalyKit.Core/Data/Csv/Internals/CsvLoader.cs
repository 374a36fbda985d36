namespace AnomalyKit.Csv;

/// <summary>Reads a whole file, twice where its offsets show only on the way.</summary>
internal static class CsvLoader
{
    private const int ChunkRows = 1024;

    public static FeatureMatrix Load(
        Func<CsvSource> open, string? labelColumn, FeatureSchema? schema, CsvOptions options, CancellationToken cancellationToken)
    {
        var source = open();
        // What has a length can be read again; a pipe cannot, even where it has a path. A given schema's offsets stand as they are.
        bool canRepeat = source.TotalBytes is not null && schema is null;
        var (matrix, report, errors) = ReadAll(source, labelColumn, schema, options, passes: 1, cancellationToken);
        var offsets = new Dictionary<string, double>(options.ColumnOffsets, StringComparer.Ordinal);
        bool better = false;
        foreach (var loss in report.PrecisionLosses)
            better |= loss.SuggestedOffset is double offset && offsets.TryAdd(loss.Column, offset);
        if (options.AutomaticOffsets && canRepeat && better)
        {
            for (int i = 0; i < report.Schema.ColumnCount; i++)
                offsets.TryAdd(report.Schema.ColumnNames[i], report.Schema.ColumnOffsets[i]);
            matrix = null;
            (matrix, report, errors) = ReadAll(open(), labelColumn, schema, options with { ColumnOffsets = offsets }, passes: 2, cancellationToken);
        }

        if (options.Report is not null)
        {
            options.Report(report);
        }
        else if (options.AutomaticOffsets && schema is null && report.PrecisionLosses.Count > 0)
        {
            var loss = report.PrecisionLosses[0];
            throw errors.Column(
                loss.Column,
                $"float32 would blur {string.Join("; ", report.PrecisionLosses)}. Give offsets with CsvOptions.ColumnOffsets, load from a file or a "
                + "stream that can seek, or set CsvOptions.Report to take the loss.");
        }

        return matrix;
    }

    private static (FeatureMatrix Matrix, CsvReport Report, CsvErrors Errors) ReadAll(
        CsvSource source, string? labelColumn, FeatureSchema? schema, CsvOptions options, int passes, CancellationToken cancellationToken)
    {
        using var reader = CsvFeatureReader.Open(source, labelColumn, schema, options, cancellationToken);
        var builder = new FeatureMatrixBuilder(reader.Schema);
        int columns = reader.Schema.ColumnCount;
        int chunkRows = Math.Clamp((1 << 20) / columns, 1, ChunkRows);
        var cells = new float[chunkRows * columns];
        bool[] labels = reader.HasLabels ? new bool[chunkRows] : [];
        int count;
        do
        {
            if (labels.Length - builder.RowCount < chunkRows && reader.HasLabels)
                Array.Resize(ref labels, (int)Math.Min(Array.MaxLength, Math.Max(labels.Length * 2L, builder.RowCount + (long)chunkRows)));
            count = reader.Read(cells, labels.AsSpan(reader.HasLabels ? builder.RowCount : 0), chunkRows, cancellationToken);
            builder.Add(cells.AsSpan(0, count * columns));
        }
        while (count == chunkRows);

        var matrix = builder.Build(labels.AsMemory(0, reader.HasLabels ? builder.RowCount : 0));
        return (matrix, new CsvReport(reader.RowCount, reader.BytesRead, reader.Schema, reader.PrecisionLosses, passes), source.Errors);
    }
}
