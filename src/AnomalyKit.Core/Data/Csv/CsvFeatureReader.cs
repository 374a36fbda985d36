using System.Runtime.CompilerServices;
using AnomalyKit.Csv;

namespace AnomalyKit;

/// <summary>Reads a CSV file batch by batch, in memory that does not grow with the file.</summary>
/// <remarks>
/// <para>
/// To score a file with a fitted detector, open it with the schema of the detector: its columns are then found by name, brought into its
/// order and stored with its offsets.
/// </para>
/// <code>
/// using var reader = CsvFeatureReader.Open("transactions.csv", schema: detector.Schema);
/// await foreach (var batch in detector.ScoreAsync(reader.ReadBatchesAsync(65_536)))
///     …
/// </code>
/// <para>
/// Opening reads the header and the first rows (up to 4,096), from which automatic offsets are chosen. Besides the batches the reader holds
/// these rows and about 300 KB of buffers; a record may be up to 16 million characters long. Files packed with gzip are recognized by their
/// first bytes. Not thread-safe.
/// </para>
/// <para>
/// A row that cannot be read is skipped if <see cref="CsvOptions.BadRows"/> says so. Otherwise the batch ends before it, the next call throws
/// a <see cref="CsvFormatException"/>, and the call after that goes on with the row behind it: no good row is lost. If the text itself is
/// broken (a quote that is never closed, cut gzip data), and after a cancellation, the reader gives no more rows.
/// </para>
/// </remarks>
public sealed class CsvFeatureReader : IDisposable, IAsyncDisposable
{
    private readonly CsvSession _session;

    private CsvFeatureReader(CsvSession session) => _session = session;

    /// <summary>The feature columns, with the offsets that their cells are stored with.</summary>
    public FeatureSchema Schema => _session.Schema;

    /// <summary>Whether the batches have labels.</summary>
    public bool HasLabels => _session.HasLabels;

    /// <summary>The number of rows given out so far.</summary>
    public long RowCount => _session.RowCount;

    /// <summary>The number of bad rows skipped so far: up to the row given out last, or, as long as the first rows (up to 4,096) are given out,
    /// all bad rows among them.</summary>
    public long SkippedRowCount => _session.SkippedRowCount;

    /// <summary>Bytes taken from the file or stream so far (compressed bytes if it is compressed); buffers run ahead of the rows.</summary>
    public long BytesRead => _session.BytesRead;

    /// <summary>The columns whose spread the cells do not keep (a loss of more than 1e-4 of their standard deviation), measured on the rows
    /// given out so far.</summary>
    public IReadOnlyList<PrecisionLoss> PrecisionLosses => _session.PrecisionLosses;

    /// <summary>What is wrong with the labels read so far taken together, or <see langword="null"/>: none of
    /// <see cref="CsvOptions.AnomalyLabels"/> occurs (the text lists the labels that do), or every label of several rows is the number
    /// 1.</summary>
    /// <remarks>Only at the end of the file is this certain. <c>FeatureMatrix.LoadCsv</c> throws it then; the reader does not, because its
    /// batches are handed out already: ask after the last batch. It is <see langword="null"/> if <see cref="CsvOptions.MaxRows"/> ended the
    /// reading.</remarks>
    public string? LabelProblem => _session.LabelProblem;

    /// <summary>Opens a file, plain or packed with gzip.</summary>
    /// <param name="path">The file.</param>
    /// <param name="labelColumn">The column that says which rows are anomalies, or <see langword="null"/> for none.</param>
    /// <param name="schema">The schema of a fitted detector, or <see langword="null"/>: then the file and the options decide. If both schema
    /// and file have names, columns are matched by name and the other columns of the file are left out; otherwise they are matched by
    /// position.</param>
    /// <param name="options">How to read; the defaults suit a comma-separated file with a header.</param>
    /// <param name="cancellationToken">Stops the reading of the first rows.</param>
    /// <returns>A reader that stands before the first row.</returns>
    /// <exception cref="CsvFormatException">The header cannot be read, or does not have the columns asked for.</exception>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static CsvFeatureReader Open(
        string path,
        string? labelColumn = null,
        FeatureSchema? schema = null,
        CsvOptions? options = null,
        CancellationToken cancellationToken = default) =>
        new(CsvSession.Open(CsvSource.Open(path), labelColumn, schema, options ?? new CsvOptions(), cancellationToken));

    /// <summary>Opens a stream, plain or packed with gzip.</summary>
    /// <param name="stream">A readable stream, from its current position on.</param>
    /// <param name="labelColumn">The column that says which rows are anomalies, or <see langword="null"/> for none.</param>
    /// <param name="schema">The schema of a fitted detector, or <see langword="null"/>: then the file and the options decide.</param>
    /// <param name="options">How to read; the defaults suit comma-separated text with a header.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the reader is disposed.</param>
    /// <param name="cancellationToken">Stops the reading of the first rows.</param>
    /// <returns>A reader that stands before the first row.</returns>
    /// <exception cref="CsvFormatException">The header cannot be read, or does not have the columns asked for.</exception>
    /// <exception cref="ArgumentException">The stream cannot be read, or the options contradict each other.</exception>
    /// <exception cref="IOException">The stream fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static CsvFeatureReader Open(
        Stream stream,
        string? labelColumn = null,
        FeatureSchema? schema = null,
        CsvOptions? options = null,
        bool leaveOpen = false,
        CancellationToken cancellationToken = default) =>
        new(CsvSession.Open(CsvSource.Open(stream, path: null, leaveOpen), labelColumn, schema, options ?? new CsvOptions(), cancellationToken));

    /// <summary>Reads the next rows.</summary>
    /// <param name="maxRows">The most rows wanted, at least 1.</param>
    /// <param name="cancellationToken">Stops the reading; the rows of the batch are lost and the reader gives no more.</param>
    /// <returns>A matrix of its own memory with at least one row, labels included; <see langword="null"/> at the end. It has fewer rows than
    /// wanted at the end, and before a row that is refused.</returns>
    /// <exception cref="CsvFormatException">The next row cannot be read. The next call goes on behind it, unless the text itself is
    /// broken.</exception>
    /// <exception cref="InvalidOperationException">An earlier call failed for good or was cancelled.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public FeatureMatrix? ReadBatch(int maxRows, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        var batch = _session.ReadMatrix(maxRows, untilEnd: false, cancellationToken);
        return batch.RowCount == 0 ? null : batch;
    }

    /// <summary>Reads the remaining rows batch by batch, each on a thread of the pool.</summary>
    /// <param name="batchRows">The number of rows of every batch, at least 1; the last one may have fewer, and one before a row that is
    /// refused.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The batches in the order of the file; each owns its memory. The sequence ends with an error; a new call goes on behind the
    /// refused row.</returns>
    /// <exception cref="CsvFormatException">A row cannot be read.</exception>
    /// <exception cref="InvalidOperationException">An earlier call failed for good or was cancelled.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IAsyncEnumerable<FeatureMatrix> ReadBatchesAsync(int batchRows, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchRows, 1);
        return Batches(batchRows, cancellationToken);
    }

    /// <summary>Closes the file, or the stream unless it is to stay open.</summary>
    public void Dispose() => _session.Dispose();

    /// <summary>Closes the file, or the stream unless it is to stay open, without blocking the thread.</summary>
    /// <returns>A task that ends when it is closed.</returns>
    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private async IAsyncEnumerable<FeatureMatrix> Batches(int batchRows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await Task.Run(() => ReadBatch(batchRows, cancellationToken), cancellationToken).ConfigureAwait(false) is { } batch)
            yield return batch;
    }
}
