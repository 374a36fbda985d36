using AnomalyKit.Csv;

namespace AnomalyKit;

public sealed partial class FeatureMatrix
{
    /// <summary>Reads a CSV file, plain or packed with gzip, into memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="labelColumn">The column that says which rows are anomalies, or nothing. It becomes <see cref="Labels"/> and is no
    /// feature.</param>
    /// <param name="schema">The columns to read and their offsets, usually a fitted detector's: rows of the matrix are then in that detector's
    /// schema, so that single rows may be handed to it. Nothing for all columns of the file, with offsets as they are needed.</param>
    /// <param name="options">How to read; the defaults suit a comma-separated file with a header.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>All rows of the file; none where it holds a header only.</returns>
    /// <remarks>
    /// Takes 4 bytes a cell and 1 a label, in blocks of 16 MiB. Where a column turns out to need an offset that the first rows did not
    /// show, the file is read a second time (see <see cref="CsvOptions.AutomaticOffsets"/>). To read in bounded memory, use
    /// <see cref="CsvFeatureReader"/>.
    /// </remarks>
    /// <exception cref="CsvFormatException">The file is no table of numbers; the message names line, column, value and remedy.</exception>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static FeatureMatrix LoadCsv(
        string path,
        string? labelColumn = null,
        FeatureSchema? schema = null,
        CsvOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CsvLoader.Load(() => CsvSource.Open(path), labelColumn, schema, options ?? new CsvOptions(), cancellationToken);

    /// <summary>Reads a CSV stream, plain or packed with gzip, into memory.</summary>
    /// <param name="stream">A readable stream, from its current position on; it stays open.</param>
    /// <param name="labelColumn">The column that says which rows are anomalies, or nothing. It becomes <see cref="Labels"/> and is no
    /// feature.</param>
    /// <param name="schema">The columns to read and their offsets, usually a fitted detector's: rows of the matrix are then in that detector's
    /// schema, so that single rows may be handed to it. Nothing for all columns of the file, with offsets as they are needed.</param>
    /// <param name="options">How to read; the defaults suit comma-separated text with a header.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>All rows of the stream; none where it holds a header only.</returns>
    /// <remarks>
    /// A stream that can seek is read a second time where a column needs an offset that the first rows did not show. One that cannot seek
    /// ends in an error then, or in a <see cref="CsvOptions.Report"/> where that is set.
    /// </remarks>
    /// <exception cref="CsvFormatException">The text is no table of numbers, or float32 would blur a column and the stream cannot be read
    /// again.</exception>
    /// <exception cref="ArgumentException">The stream cannot be read, or the options contradict each other.</exception>
    /// <exception cref="IOException">The stream fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static FeatureMatrix LoadCsv(
        Stream stream,
        string? labelColumn = null,
        FeatureSchema? schema = null,
        CsvOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        long start = stream.CanSeek ? stream.Position : 0;
        return CsvLoader.Load(
            () =>
            {
                if (stream.CanSeek)
                    stream.Position = start;
                return CsvSource.Open(stream, path: null, leaveOpen: true);
            },
            labelColumn,
            schema,
            options ?? new CsvOptions(),
            cancellationToken);
    }
}
