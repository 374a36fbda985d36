using Microsoft.Extensions.Options;

namespace AnomalyKit.Dashboard.Tables;

/// <summary>The table that one viewer works with: nobody else sees it, and it is gone with the viewer.</summary>
internal sealed class TableDesk(DashboardPlace place, UploadBook uploads, DownloadBook downloads, IOptions<AnomalyDashboardOptions> options) : IDisposable
{
    private readonly List<string> _files = [];
    private string? _announced;
    private bool _isDisposed;

    public ScoredRows? Rows { get; private set; }

    public string? Download { get; private set; }

    public AnomalyDashboardOptions Options => options.Value;

    /// <summary>Announces an upload.</summary>
    /// <param name="fileName">The viewer's name of the file; only its ending counts.</param>
    /// <returns>The ticket, and where the file will be.</returns>
    /// <exception cref="TableDataException">The ending says nothing of a table.</exception>
    public (string Ticket, string Path) Announce(string fileName)
    {
        if (TableFiles.FormatOf(fileName) is null or TableFormat.JsonLines)
            throw new TableDataException($"The name '{fileName}' is not that of a table. Choose a file that ends in .csv, .csv.gz, .tsv, .parquet or .arrow.");
        string lower = fileName.ToLowerInvariant();
        string ending = lower.EndsWith(".gz", StringComparison.Ordinal) ? Path.GetExtension(lower[..^3]) + ".gz" : Path.GetExtension(lower);
        string path = place.NewFile(ending);
        _files.Add(path);
        if (_announced is not null)
            uploads.Take(_announced);
        _announced = uploads.Announce(new UploadPlace(path, Options.MaxUploadBytes));
        return (_announced, path);
    }

    /// <summary>Reads and scores an uploaded table.</summary>
    public ScoredRows Score(ServedModel model, string path, string fileName, string? keyColumn, IProgress<double?>? progress, CancellationToken cancellationToken)
    {
        var batches = new List<FeatureTable>();
        var scores = new List<float>();
        string[] kept = keyColumn is null ? [] : [keyColumn];
        using (var reader = model.Detector.OpenFiles(TableFiles.Find([path]), kept, cancellationToken: cancellationToken))
        {
            foreach (var batch in model.Detector.ScoreBatches(reader, new TableScoreOptions { BatchRows = 1 << 14 }, cancellationToken))
            {
                batches.Add(batch.Table);
                scores.AddRange(batch.Scores.Span);
                if (scores.Count > Options.MaxUploadRows)
                    throw new TableDataException($"The table has more than {Options.MaxUploadRows:N0} rows, the most that this dashboard takes. Upload a part of it, or score it with 'anomalykit score'.");
                progress?.Report(reader.Fraction);
            }
        }

        return batches.Count == 0
            ? throw new TableDataException($"The table '{fileName}' has no rows.")
            : new ScoredRows(fileName, model, FeatureTable.Concat(batches), [.. scores], keyColumn);
    }

    /// <summary>Shows a scored table in place of the one before.</summary>
    public void Put(ScoredRows? rows)
    {
        if (Download is not null)
            downloads.Withdraw(Download);
        Rows = _isDisposed ? null : rows;
        Download = Rows is null ? null : downloads.Offer(() => CsvExport.Parts(rows!));
    }

    /// <summary>Removes a file whose rows were read.</summary>
    public void Remove(string path)
    {
        File.Delete(path);
        _files.Remove(path);
    }

    public void Dispose()
    {
        _isDisposed = true;
        Put(null);
        if (_announced is not null)
            uploads.Take(_announced);
        foreach (string file in _files)
            File.Delete(file);
    }
}
