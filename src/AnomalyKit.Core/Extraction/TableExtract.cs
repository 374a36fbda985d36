using AnomalyKit.Extraction;
using AnomalyKit.Persistence;
using AnomalyKit.Preparation;

namespace AnomalyKit;

/// <summary>The few rows of a long table that a fit looks at, and what it must know of the others: made in one pass, part by part if need be, and put together exactly.</summary>
/// <remarks>
/// <code>
/// var trainer = new TableTrainer(new IsolationForestTrainer());
/// TableExtract[] parts = …;                                   // trainer.Extract(reader, totalRows, firstRow) on each machine
/// TableDetector detector = trainer.FitExtract(TableExtract.Merge(parts));
/// </code>
/// <para>
/// It holds the rows that <see cref="IDetectorTrainer.DrawRows"/> names or, where that names none, a uniform sample by row number, the same however the table is divided; the rows with the
/// least and the greatest value of each column, and the first of each level; and counts over all rows: cells that are there and missing cells, levels, the ends of each column.
/// Ids, labels and other columns that are not features are left out. Immutable and thread-safe.
/// </para>
/// </remarks>
public sealed class TableExtract
{
    internal TableExtract(long firstRow, long endRow, int sampleSize, FeatureTable rows, RowSubset subset, bool[] isDrawn, TableStatistics statistics)
    {
        FirstRow = firstRow;
        EndRow = endRow;
        SampleSize = sampleSize;
        Rows = rows;
        Subset = subset;
        IsDrawn = isDrawn;
        Statistics = statistics;
    }

    /// <summary>The rows of the whole table.</summary>
    public long TotalRowCount => Subset.TotalRowCount;

    /// <summary>The number of the first row of the part that was gone through.</summary>
    public long FirstRow { get; }

    /// <summary>The number of the row behind the part that was gone through; <see cref="FirstRow"/> of an empty part.</summary>
    public long EndRow { get; }

    /// <summary>How many rows were sampled of the whole table, at most, for a trainer that looks at all rows.</summary>
    public int SampleSize { get; }

    /// <summary>The rows that are kept.</summary>
    public int RowCount => Rows.RowCount;

    /// <summary>The columns; all are features.</summary>
    public TableSchema Schema => Statistics.Schema;

    /// <summary>Whether the whole table was gone through.</summary>
    public bool IsComplete => FirstRow == 0 && EndRow == TotalRowCount;

    internal FeatureTable Rows { get; }

    internal RowSubset Subset { get; }

    /// <summary>Of each row, whether it was drawn, and does not only stand for others.</summary>
    internal bool[] IsDrawn { get; }

    internal TableStatistics Statistics { get; }

    /// <summary>Puts parts together.</summary>
    /// <param name="parts">Extracts of one table, in any order, whose parts lie side by side.</param>
    /// <returns>The extract of all these parts: it does not depend on how the table was divided.</returns>
    /// <exception cref="ArgumentException">There are no parts, they are of different tables or settings, or rows are missing between them or there twice; the message says which.</exception>
    /// <exception cref="TableDataException">The columns of two parts do not fit together.</exception>
    public static TableExtract Merge(params IEnumerable<TableExtract> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return ExtractMerge.Of([.. parts]);
    }

    /// <summary>Loads an extract. Runs no code from the file and checks every length before it allocates.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The extract.</returns>
    /// <exception cref="ModelFormatException">The file is cut, corrupt, or holds something else.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TableExtract Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = File.OpenRead(path);
        return Load(stream);
    }

    /// <summary>Loads an extract from a stream, from its present position to its end.</summary>
    /// <param name="source">A readable stream; it stays open.</param>
    /// <returns>The extract.</returns>
    /// <exception cref="ModelFormatException">The content is cut, corrupt, or something else.</exception>
    public static TableExtract Load(Stream source)
    {
        var reader = ModelReader.Open(source);
        var extract = ExtractFormat.Read(reader);
        reader.ThrowIfUnread();
        return extract;
    }

    /// <summary>Saves the extract to a file, which appears whole or not at all. The format is that of model files.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written; an existing one is left as it was.</exception>
    public void Save(string path) => Writer().Save(path);

    /// <summary>Saves the extract to a stream.</summary>
    /// <param name="destination">A writable stream; it stays open.</param>
    public void Save(Stream destination) => Writer().Save(destination);

    /// <summary>The rows gone through and those kept.</summary>
    /// <returns>For example <c>rows 0 to 1000 of 4000, 312 kept</c>.</returns>
    public override string ToString() => $"rows {FirstRow} to {EndRow} of {TotalRowCount}, {RowCount} kept";

    private ModelWriter Writer()
    {
        var writer = new ModelWriter();
        ExtractFormat.Write(writer, this);
        return writer;
    }
}
