using AnomalyKit.Csv;

namespace AnomalyKit;

/// <summary>Reads a <see cref="FeatureMatrix"/> from CSV: <c>FeatureMatrix.LoadCsv(…)</c>.</summary>
public static class FeatureMatrixCsv
{
    extension(FeatureMatrix)
    {
        /// <summary>Reads a CSV file, plain or packed with gzip, into memory.</summary>
        /// <param name="path">The file.</param>
        /// <param name="labelColumn">The column that says which rows are anomalies, or <see langword="null"/> for none. It becomes
        /// <see cref="FeatureMatrix.Labels"/> and is not a feature.</param>
        /// <param name="schema">The columns to read and their offsets, usually the schema of a fitted detector, or <see langword="null"/> to read
        /// all columns, with offsets where they are needed.</param>
        /// <param name="options">How to read; the defaults suit a comma-separated file with a header.</param>
        /// <param name="cancellationToken">Stops the reading.</param>
        /// <returns>All rows of the file; none if it holds a header only.</returns>
        /// <remarks>
        /// Takes 4 bytes per cell and 1 per label, in blocks of 16 MiB. If a column turns out to need an offset that the first rows did not show,
        /// the file is read a second time (see <see cref="CsvOptions.AutomaticOffsets"/>). To read in bounded memory, use
        /// <see cref="CsvFeatureReader"/>.
        /// </remarks>
        /// <exception cref="CsvFormatException">The file is not a table of numbers, its labels make no sense, or a column would be blurred; the message
        /// names line, column, value and remedy.</exception>
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
        /// <param name="labelColumn">The column that says which rows are anomalies, or <see langword="null"/> for none. It becomes
        /// <see cref="FeatureMatrix.Labels"/> and is not a feature.</param>
        /// <param name="schema">The columns to read and their offsets, usually the schema of a fitted detector, or <see langword="null"/> to read
        /// all columns, with offsets where they are needed.</param>
        /// <param name="options">How to read; the defaults suit comma-separated text with a header.</param>
        /// <param name="cancellationToken">Stops the reading.</param>
        /// <returns>All rows of the stream; none if it holds a header only.</returns>
        /// <remarks>
        /// A stream that can seek is read a second time if a column needs an offset that the first rows did not show. For one that cannot seek,
        /// this is an error, or an entry of the <see cref="CsvOptions.Report"/> if that is set.
        /// </remarks>
        /// <exception cref="CsvFormatException">The text is not a table of numbers, its labels make no sense, or a column would be blurred and the stream
        /// cannot be read again.</exception>
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

        /// <summary>Reads a CSV file, plain or packed with gzip, on a thread of the pool: reading is mostly parsing, so it occupies a thread
        /// all the time, though not the caller's.</summary>
        /// <param name="path">The file.</param>
        /// <param name="labelColumn">The column that says which rows are anomalies, or <see langword="null"/> for none.</param>
        /// <param name="schema">The columns to read and their offsets, or <see langword="null"/> to read all columns.</param>
        /// <param name="options">How to read; the defaults suit a comma-separated file with a header. Its callbacks are called on the thread of
        /// the pool.</param>
        /// <param name="cancellationToken">Stops the reading.</param>
        /// <returns>All rows of the file, as <see cref="LoadCsv(string, string?, FeatureSchema?, CsvOptions?, CancellationToken)"/> gives
        /// them.</returns>
        /// <exception cref="CsvFormatException">The file is not a table of numbers, its labels make no sense, or a column would be
        /// blurred.</exception>
        /// <exception cref="ArgumentException">The options contradict each other.</exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        /// <exception cref="OperationCanceledException">Cancelled.</exception>
        public static Task<FeatureMatrix> LoadCsvAsync(
            string path,
            string? labelColumn = null,
            FeatureSchema? schema = null,
            CsvOptions? options = null,
            CancellationToken cancellationToken = default)
        {
            ArgumentException.ThrowIfNullOrEmpty(path);
            return Task.Run(() => LoadCsv(path, labelColumn, schema, options, cancellationToken), cancellationToken);
        }
    }
}
