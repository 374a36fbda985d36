namespace AnomalyKit.Csv;

/// <summary>Reads a whole file, twice where its offsets show only on the way.</summary>
internal static class CsvLoader
{
    public static FeatureMatrix Load(
        Func<CsvSource> open, string? labelColumn, FeatureSchema? schema, CsvOptions options, CancellationToken cancellationToken)
    {
        var source = open();
        // What has a length can be read again; a pipe cannot, even where it has a path. A given schema's offsets stand as they are.
        bool canRepeat = source.TotalBytes is not null && schema is null;
        var (matrix, report) = ReadAll(source, labelColumn, schema, options, passes: 1, cancellationToken);
        var offsets = new Dictionary<string, double>(options.ColumnOffsets, StringComparer.Ordinal);
        bool better = false;
        foreach (var loss in report.PrecisionLosses)
            better |= loss.SuggestedOffset is double offset && offsets.TryAdd(loss.Column, offset);
        if (options.AutomaticOffsets && canRepeat && better)
        {
            for (int i = 0; i < report.Schema.ColumnCount; i++)
                offsets.TryAdd(report.Schema.ColumnNames[i], report.Schema.ColumnOffsets[i]);
            // The first matrix goes before the second is made, and skipped rows are reported once.
            matrix = null;
            var again = options with { ColumnOffsets = offsets, BadRowReport = null };
            (matrix, report) = ReadAll(open(), labelColumn, schema, again, passes: 2, cancellationToken);
        }

        if (options.Report is not null)
        {
            options.Report(report);
        }
        else if (options.AutomaticOffsets && schema is null && report.PrecisionLosses.Count > 0)
        {
            var loss = report.PrecisionLosses[0];
            string remedy = loss.IsBeyondDouble
                ? "Set CsvOptions.Report to take the loss."
                : "Give offsets with CsvOptions.ColumnOffsets, load from a file or a stream that can seek, or set CsvOptions.Report to take the loss.";
            throw source.Errors.Column(loss.Column, $"reading would blur {string.Join("; ", report.PrecisionLosses)}. {remedy}");
        }

        return matrix;
    }

    private static (FeatureMatrix Matrix, CsvReport Report) ReadAll(
        CsvSource source, string? labelColumn, FeatureSchema? schema, CsvOptions options, int passes, CancellationToken cancellationToken)
    {
        using var session = CsvSession.Open(source, labelColumn, schema, options, cancellationToken);
        var matrix = session.ReadMatrix(int.MaxValue, untilEnd: true, cancellationToken);
        if (session.LabelProblem is { } problem)
            throw source.Errors.Column(labelColumn!, $"column '{CsvErrors.Printable(labelColumn)}': {problem}");
        var report = new CsvReport
        {
            RowCount = session.RowCount,
            SkippedRowCount = session.SkippedRowCount,
            BytesRead = session.BytesRead,
            Schema = session.Schema,
            PrecisionLosses = session.PrecisionLosses,
            PassCount = passes,
        };
        return (matrix, report);
    }
}
