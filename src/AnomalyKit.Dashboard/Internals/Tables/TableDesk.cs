using System.Globalization;
using AnomalyKit.Dashboard.Work;
using Microsoft.Extensions.Options;

namespace AnomalyKit.Dashboard.Tables;

/// <summary>The table that one viewer works with: nobody else sees it, and it is gone with the viewer.</summary>
internal sealed class TableDesk(DashboardPlace place, UploadBook uploads, DownloadBook downloads, HostBudget budget, IOptions<AnomalyDashboardOptions> options) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Upload> _uploads = [];
    private bool _isDisposed;

    /// <summary>What is shown; null before the first table.</summary>
    public RowsView? View { get; private set; }

    /// <summary>The ticket of the scores as a file.</summary>
    public string? Download { get; private set; }

    /// <summary>The ticket of the scores with the reasons of the alerts.</summary>
    public string? DownloadWithReasons { get; private set; }

    public AnomalyDashboardOptions Options => options.Value;

    public HostBudget Budget => budget;

    /// <summary>Announces an upload. Dispose it when its rows were read or will never be.</summary>
    /// <param name="fileName">The viewer's name of the file; only its ending counts.</param>
    /// <exception cref="TableDataException">The ending says nothing of a table.</exception>
    public Upload Announce(string fileName)
    {
        if (TableFiles.FormatOf(fileName) is null or TableFormat.JsonLines)
            throw new TableDataException($"The name '{fileName}' is not that of a table. Choose a file that ends in .csv, .csv.gz, .tsv, .parquet or .arrow.");
        string lower = fileName.ToLowerInvariant();
        string ending = lower.EndsWith(".gz", StringComparison.Ordinal) ? Path.GetExtension(lower[..^3]) + ".gz" : Path.GetExtension(lower);
        var upload = new Upload(uploads, place.NewFile(ending), Options.MaxUploadBytes, budget.Hold());
        lock (_gate)
        {
            _uploads.RemoveAll(one => one.Gone.IsCancellationRequested);
            _uploads.Add(upload);
            if (_isDisposed)
                upload.Dispose();
        }

        return upload;
    }

    /// <summary>Reads and scores an uploaded table.</summary>
    public ScoredRows Score(ServedModel model, string path, string fileName, IReadOnlyList<string> keyColumns, TableReadOptions? reading, IProgress<double?>? progress, CancellationToken cancellationToken)
    {
        UnpackedSize.Check(path, Options.MaxUnpackedBytes, cancellationToken);
        var batches = new List<FeatureTable>();
        var scores = new List<float>();
        var words = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var held = budget.Hold();
        try
        {
            using (var reader = model.Detector.OpenFiles(TableFiles.Find([path]), keyColumns, reading: reading, cancellationToken: cancellationToken))
            {
                foreach (var batch in model.Detector.ScoreBatches(reader, new TableScoreOptions { BatchRows = 1 << 14 }, cancellationToken))
                {
                    held.Grow(TableBytes.OfCells(batch.Table) + TableBytes.OfNewWords(batch.Table, words) + (sizeof(float) * batch.Table.RowCount));
                    batches.Add(batch.Table);
                    scores.AddRange(batch.Scores.Span);
                    if (scores.Count > Options.MaxUploadRows)
                        throw new TableDataException(string.Create(CultureInfo.InvariantCulture, $"The table has more than {Options.MaxUploadRows:N0} rows, the most that this dashboard takes. Upload a part of it, or score it with 'anomalykit score'."));
                    progress?.Report(reader.Fraction);
                }
            }

            if (batches.Count == 0)
                throw new TableDataException($"The table '{fileName}' has no rows.");
            var table = FeatureTable.Concat(batches);
            held.Set(TableBytes.Of(table) + (sizeof(float) * table.RowCount));
            var csv = TableFiles.FormatOf(fileName) == TableFormat.Csv ? reading?.Csv : null;
            return new ScoredRows(fileName, model, table, [.. scores], keyColumns, held, WritingOf(csv)) { Csv = csv };
        }
        catch (Exception e)
        {
            held.Dispose();
            if (e is TableDataException error)
                throw UploadErrors.Of(error, path, fileName);
            throw;
        }
    }

    /// <summary>A CSV file that came with a decimal comma, or with a delimiter that somebody chose, goes back so.</summary>
    private static CsvWriteOptions WritingOf(CsvTableOptions? csv) => csv is null
        ? new CsvWriteOptions()
        : new CsvWriteOptions { DecimalSeparator = csv.DecimalSeparator, Delimiter = csv.Delimiter == csv.DecimalSeparator ? null : csv.Delimiter };

    /// <summary>Shows a scored table in place of the one before.</summary>
    public void Put(RowsView? view)
    {
        lock (_gate)
        {
            View?.Dispose();
            downloads.Withdraw(Download);
            downloads.Withdraw(DownloadWithReasons);
            (View, Download, DownloadWithReasons) = (null, null, null);
            if (view is null)
                return;
            if (_isDisposed)
            {
                view.Dispose();
                return;
            }

            View = view;
            Download = downloads.Offer(_ => CsvExport.Parts(view.Rows));
            DownloadWithReasons = downloads.Offer(stop => CsvExport.PartsWithReasons(view.Rows, stop));
        }
    }

    public void Dispose()
    {
        lock (_gate)
            _isDisposed = true;
        Put(null);
        foreach (var upload in _uploads)
            upload.Dispose();
    }
}
