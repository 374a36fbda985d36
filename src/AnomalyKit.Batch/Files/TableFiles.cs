using AnomalyKit.Batch.Finding;
using AnomalyKit.Batch.Formats;
using AnomalyKit.Batch.Reading;

namespace AnomalyKit;

/// <summary>The files that paths, folders and patterns name, as one table.</summary>
/// <remarks>
/// <code>
/// using var reader = TableFiles.Find(["2026/", "late-*.csv.gz"]).Open(new TableLayout { LabelColumn = "fraud" });
/// </code>
/// Files are ordered by their paths (ordinal, so <c>part-10</c> comes before <c>part-2</c>), and read one after the other: whoever looks at the same files sees the same rows in the same order.
/// Immutable and thread-safe.
/// </remarks>
public sealed class TableFiles
{
    internal TableFiles(IReadOnlyList<TableFile> files) => Files = files;

    /// <summary>The files in the order in which they are read, at least one.</summary>
    public IReadOnlyList<TableFile> Files { get; }

    /// <summary>The bytes of all files; null where one does not say.</summary>
    public long? Bytes => Files.All(file => file.CanRepeat) ? Files.Sum(file => file.Bytes) : null;

    /// <summary>Whether the rows can be read a second time.</summary>
    public bool CanRepeat => Files.All(file => file.CanRepeat);

    /// <summary>Finds files.</summary>
    /// <param name="paths">
    /// Files; folders, of which all files with a known ending count, in subfolders too, except where a name begins with a dot or an underscore; patterns, in which <c>*</c> and <c>?</c> stand for
    /// letters of a name and <c>**</c> for folders; or <c>-</c> alone for standard input. A file that is named twice is read once.
    /// </param>
    /// <param name="format">What the files hold; by default their names say it, and standard input is CSV.</param>
    /// <returns>The files.</returns>
    /// <exception cref="FileNotFoundException">A path names nothing.</exception>
    /// <exception cref="TableDataException">The ending of a file is not known and no format is given.</exception>
    /// <exception cref="ArgumentException">There is no path, or standard input is named beside files.</exception>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    public static TableFiles Find(IEnumerable<string> paths, TableFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return new TableFiles(FileFinder.Find([.. paths], format));
    }

    /// <summary>Finds the files of one path.</summary>
    /// <param name="path">A file, a folder, a pattern or <c>-</c>.</param>
    /// <returns>The files.</returns>
    /// <exception cref="FileNotFoundException">It names nothing.</exception>
    /// <exception cref="TableDataException">The ending of a file is not known.</exception>
    public static TableFiles Find(string path) => Find([path]);

    /// <summary>Opens all rows.</summary>
    /// <param name="layout">Which columns are read, as what; all by default. Columns are found by name in every file.</param>
    /// <param name="options">How files are read.</param>
    /// <param name="cancellationToken">Stops the opening, in which CSV whose kinds are not declared is read once.</param>
    /// <returns>A reader that stands before the first row.</returns>
    /// <exception cref="TableDataException">A file is damaged, has no such column, or holds something else than another file; it is named.</exception>
    /// <exception cref="IOException">A file cannot be opened, or is no longer what it was when it was found.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public TableFilesReader Open(TableLayout? layout = null, TableReadOptions? options = null, CancellationToken cancellationToken = default) =>
        new(FileRun.Of(Files), layout ?? TableLayout.Default, options ?? new TableReadOptions(), cancellationToken);

    /// <summary>What the ending of a file's name says of its content.</summary>
    /// <param name="path">The name.</param>
    /// <returns>The format; null where the ending is not known.</returns>
    public static TableFormat? FormatOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return FormatNames.OfPath(path);
    }

    /// <summary>Begins a file in the format that its name says.</summary>
    /// <param name="path">The file; it appears when the writer has completed, and replaces one that is there.</param>
    /// <param name="format">The format; by default the ending of the name says it.</param>
    /// <returns>A writer that waits for the first batch.</returns>
    /// <exception cref="ArgumentException">The ending of the name is not known and no format is given.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static TableWriter Create(string path, TableFormat? format = null) => Create(path, new CsvWriteOptions(), format);

    /// <inheritdoc cref="Create(string, TableFormat?)"/>
    /// <param name="path">The file; it appears when the writer has completed, and replaces one that is there.</param>
    /// <param name="csv">How it is written if it is CSV; other formats leave it alone.</param>
    /// <param name="format">The format; by default the ending of the name says it.</param>
    public static TableWriter Create(string path, CsvWriteOptions csv, TableFormat? format = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(csv);
        return (format ?? FormatNames.OfPath(path)) switch
        {
            TableFormat.Csv => CsvTableWriter.Create(path, csv with { Delimiter = csv.Delimiter ?? FormatNames.DelimiterOf(path) }),
            TableFormat.Parquet => ParquetTableWriter.Create(path),
            TableFormat.Arrow => ArrowTableWriter.Create(path),
            TableFormat.JsonLines => JsonLinesTableWriter.Create(path),
            _ => throw new ArgumentException($"The name '{path}' does not say what to write. {FormatNames.Known}", nameof(path)),
        };
    }

    /// <summary>Begins a table in a stream.</summary>
    /// <param name="stream">A writable stream; it stays open, and keeps what was written before a failure.</param>
    /// <param name="format">The format. Arrow is written as a stream, Parquet needs no seeking.</param>
    /// <returns>A writer that waits for the first batch.</returns>
    /// <exception cref="ArgumentException">The stream cannot be written.</exception>
    public static TableWriter Create(Stream stream, TableFormat format) => Create(stream, format, new CsvWriteOptions());

    /// <inheritdoc cref="Create(Stream, TableFormat)"/>
    /// <param name="stream">A writable stream; it stays open, and keeps what was written before a failure.</param>
    /// <param name="format">The format. Arrow is written as a stream, Parquet needs no seeking.</param>
    /// <param name="csv">How it is written if it is CSV; other formats leave it alone.</param>
    public static TableWriter Create(Stream stream, TableFormat format, CsvWriteOptions csv) => format switch
    {
        TableFormat.Csv => CsvTableWriter.Create(stream, csv, leaveOpen: true),
        TableFormat.Parquet => ParquetTableWriter.Create(stream, leaveOpen: true),
        TableFormat.Arrow => ArrowTableWriter.Create(stream, new ArrowWriteOptions { Format = ArrowFormat.Stream }, leaveOpen: true),
        TableFormat.JsonLines => JsonLinesTableWriter.Create(stream, leaveOpen: true),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
    };

    /// <summary>The files, for people.</summary>
    /// <returns>For example <c>payments.parquet</c> or <c>24 files, 2026/a.csv to 2026/x.csv</c>.</returns>
    public override string ToString() => Files.Count == 1 ? Files[0].Path : $"{Files.Count} files, {Files[0].Path} to {Files[^1].Path}";
}
