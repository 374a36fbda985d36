namespace AnomalyKit;

/// <summary>A table, or the file, stream, database or object that it comes from, holds something that cannot be used.</summary>
/// <remarks>The message names row, column, value, what was expected and what to do; the properties give the place to code.</remarks>
public sealed class TableDataException : Exception
{
    /// <summary>Names what is wrong.</summary>
    /// <param name="message">Row, column, value, expectation and remedy.</param>
    /// <param name="row">The zero-based row, or −1 where the whole source is at fault.</param>
    /// <param name="columnName">The column, or <see langword="null"/> where no single one is at fault.</param>
    /// <param name="innerException">The exception of the underlying library, if any.</param>
    public TableDataException(string message, long row = -1, string? columnName = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Row = row;
        ColumnName = columnName;
    }

    /// <summary>The zero-based row, counted from the start of the source; −1 where the whole source is at fault.</summary>
    public long Row { get; }

    /// <summary>The column; <see langword="null"/> where no single one is at fault.</summary>
    public string? ColumnName { get; }
}
