using AnomalyKit.Parquet.Files;
using AnomalyKit.Parquet.Reading;

namespace AnomalyKit;

/// <summary>Reads Parquet files batch by batch: one file, a folder of them, or those that a pattern names.</summary>
/// <remarks>
/// <para>
/// Numbers: float becomes <see cref="SingleColumn"/> (16 bits too); integers up to 64 bits, and decimals without a fraction of up to 18 digits, become <see cref="Int64Column"/>;
/// double, other decimals and unsigned 64-bit integers become <see cref="DoubleColumn"/>, rounded to its 53 bits. As an id, or declared as a category, the last two keep every digit as text.
/// Times of day become seconds since midnight. Text, enumerations, JSON, UUIDs and bytes that are UTF-8 become categories.
/// Dates and times become <see cref="DateTimeColumn"/>: in UTC where the file says so, as they are written otherwise (dates, INT96 and local timestamps); nanoseconds are cut to 100 ns.
/// Nested columns are not read: see <see cref="UnreadColumns"/>.
/// </para>
/// <para>
/// A batch lies within one row group. Memory: the batch, and for each column one page, its dictionary and a buffer of 64 KiB, whatever the size of the row group.
/// Not thread-safe.
/// </para>
/// </remarks>
public sealed class ParquetTableReader : TableReader
{
    /// <summary>Keeps a batch within memory that a damaged row count cannot inflate.</summary>
    private const int MaxCells = 1 << 24;
    private const int MaxRows = 1 << 18;
    private const int MinRows = 1 << 10;

    private readonly ParquetDataset _dataset;
    private readonly int _maxRows;
    private OpenFile? _file;
    private RowGroupCursor? _group;
    private int _fileIndex = -1;
    private int _groupIndex;
    private long _rowCount;
    private bool _ended;

    private ParquetTableReader(ParquetDataset dataset)
    {
        _dataset = dataset;
        _maxRows = Math.Clamp(MaxCells / dataset.Columns.Length, MinRows, MaxRows);
    }

    /// <inheritdoc/>
    public override TableSchema Schema => _dataset.Schema;

    /// <inheritdoc/>
    public override long RowCount => _rowCount;

    /// <summary>The number of rows of all files, as their footers announce it.</summary>
    public override long? TotalRowCount => _dataset.RowCount;

    /// <summary>Columns of the first file that are not read, with the reason: lists, maps, structures and types that no table has.</summary>
    public IReadOnlyDictionary<string, string> UnreadColumns => _dataset.Unread;

    /// <summary>Opens a file, all files of a folder and its subfolders, or those that a pattern names.</summary>
    /// <param name="path">
    /// A file; a folder, of which files that end in <c>.parquet</c> count, except where a name begins with a dot or an underscore; or a pattern, in which <c>*</c> and <c>?</c> stand for
    /// letters of a name and <c>**</c> for folders. Several files are read in the ordinal order of their paths.
    /// </param>
    /// <param name="layout">Which columns are read, as what; all by default. Columns are found by name in every file.</param>
    /// <param name="options">How files are found.</param>
    /// <returns>A reader; dispose it.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="TableDataException">A file is damaged, has no such column, or holds something else than another file.</exception>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    public static ParquetTableReader Open(string path, TableLayout? layout = null, ParquetReadOptions? options = null) =>
        new(ParquetDataset.Open(FileSearch.Find(path, (options ?? ParquetReadOptions.Default).ReadPartitions), layout ?? TableLayout.Default));

    /// <summary>Opens files in the order in which they are named.</summary>
    /// <param name="paths">At least one file.</param>
    /// <param name="layout">Which columns are read, as what; all by default. Columns are found by name in every file.</param>
    /// <param name="options">Whether folders on the way to the files give columns.</param>
    /// <returns>A reader; dispose it.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentException">No file is named.</exception>
    /// <exception cref="TableDataException">A file is damaged, has no such column, or holds something else than another file.</exception>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    public static ParquetTableReader Open(IEnumerable<string> paths, TableLayout? layout = null, ParquetReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        bool readPartitions = (options ?? ParquetReadOptions.Default).ReadPartitions;
        PartFile[] files = [.. paths.Select(path => PartFile.At(path, readPartitions ? HivePath.Partitions(path) : []))];
        return files.Length > 0
            ? new(ParquetDataset.Open(files, layout ?? TableLayout.Default))
            : throw new ArgumentException("Name at least one file.", nameof(paths));
    }

    /// <summary>Reads a stream.</summary>
    /// <param name="stream">A stream that can seek; the footer lies at its end.</param>
    /// <param name="layout">Which columns are read, as what; all by default.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the reader is disposed.</param>
    /// <returns>A reader; dispose it.</returns>
    /// <exception cref="ArgumentException">The stream cannot seek or read.</exception>
    /// <exception cref="TableDataException">It is damaged, or has no such column.</exception>
    public static ParquetTableReader Open(Stream stream, TableLayout? layout = null, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek || !stream.CanRead)
            throw new ArgumentException("The stream cannot seek, and the footer of Parquet lies at the end. Copy it to a file or a MemoryStream first.", nameof(stream));
        return new ParquetTableReader(
            ParquetDataset.Open([new PartFile("The stream", [], () => new SourceStream(stream, leaveOpen: true))], layout ?? TableLayout.Default))
        { Owned = leaveOpen ? null : stream };
    }

    private Stream? Owned { get; init; }

    /// <inheritdoc/>
    public override FeatureTable? ReadBatch(int maxRows, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        if (_ended)
            return null;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            long none = 0;
            if (!MoveToRows(ref none, cancellationToken))
            {
                Close();
                return null;
            }

            int rows = (int)Math.Min(Math.Min(maxRows, _maxRows), _group!.RowsLeft);
            var columns = NativeCalls.Read(_file!.Name, _file.Stream, () => _group.Read(_fileIndex, rows, _rowCount));
            _rowCount += rows;
            return new FeatureTable(columns, Schema);
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <remarks>Row groups and files that lie within are not opened; of the last row group the rows before are read.</remarks>
    public override long SkipRows(long count, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (_ended)
            return 0;
        try
        {
            long left = count;
            while (left > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_group is not { RowsLeft: > 0 } && !MoveToRows(ref left, cancellationToken))
                {
                    Close();
                    break;
                }

                int rows = (int)Math.Min(Math.Min(left, _maxRows), _group!.RowsLeft);
                if (rows == 0)
                    break;
                NativeCalls.Read(_file!.Name, _file.Stream, () => _group.Read(_fileIndex, rows, _rowCount));
                _rowCount += rows;
                left -= rows;
            }

            return count - left;
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        Close();
        Owned?.Dispose();
    }

    /// <summary>Goes to a row group with rows.</summary>
    /// <param name="skip">The rows to pass over; those of whole row groups are, and are taken off.</param>
    /// <param name="cancellationToken">Stops it.</param>
    private bool MoveToRows(ref long skip, CancellationToken cancellationToken)
    {
        while (_group is not { RowsLeft: > 0 })
        {
            cancellationToken.ThrowIfCancellationRequested();
            _group?.Dispose();
            _group = null;
            if (_file is null || _groupIndex == _file.Chunks.Length)
            {
                _file?.Dispose();
                _file = null;
                if (++_fileIndex == _dataset.Files.Count)
                    return false;
                _file = OpenFile.Open(_dataset.Files[_fileIndex]);
                _groupIndex = 0;
                continue;
            }

            int group = _groupIndex++;
            long rows = _file.GroupRows[group];
            if (rows <= skip)
            {
                skip -= rows;
                _rowCount += rows;
                continue;
            }

            _group = NativeCalls.Read(_file.Name, _file.Stream, () => new RowGroupCursor(_file, group, _dataset.Columns));
        }

        return true;
    }

    private void Close()
    {
        _ended = true;
        _group?.Dispose();
        _file?.Dispose();
        _group = null;
        _file = null;
    }
}
