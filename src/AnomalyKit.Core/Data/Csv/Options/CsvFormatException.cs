namespace AnomalyKit;

/// <summary>A CSV file cannot be read as a matrix of numbers.</summary>
/// <remarks>The message names the file, the line, the column, the value, what was expected and the remedy; the properties give the same to
/// code.</remarks>
public sealed class CsvFormatException : FormatException
{
    internal CsvFormatException(
        string message, string? path, long? line, int? column, string? columnName, string? value, Exception? inner = null)
        : base(message, inner)
    {
        Path = path;
        Line = line;
        Column = column;
        ColumnName = columnName;
        Value = value;
    }

    /// <summary>The path of the file, or <see langword="null"/> if a stream was read.</summary>
    public string? Path { get; }

    /// <summary>The physical line of the (unpacked) file, counted from 1 as editors do: line breaks inside quoted cells count. A broken
    /// cell is named by the line on which it starts. <see langword="null"/> if the error belongs to no line.</summary>
    public long? Line { get; }

    /// <summary>The zero-based position of the column in the file, or <see langword="null"/> if the error belongs to no column.</summary>
    public int? Column { get; }

    /// <summary>The name of the column, or <see langword="null"/> if the error belongs to no column or the column has no name.</summary>
    public string? ColumnName { get; }

    /// <summary>The offending text, cut if it is long, or <see langword="null"/> if there is none.</summary>
    public string? Value { get; }
}
