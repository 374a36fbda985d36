using System.Globalization;

namespace AnomalyKit;

/// <summary>A value of the data cannot be used: it is NaN or infinite, or too large for a cell.</summary>
/// <remarks>The message names the row, the column, the value and the remedy; the properties give the same to code.</remarks>
public sealed class FeatureDataException : ArgumentException
{
    /// <summary>Names a value that cannot be used.</summary>
    /// <param name="row">The zero-based row.</param>
    /// <param name="column">The zero-based column.</param>
    /// <param name="columnName">The column's name.</param>
    /// <param name="value">The value.</param>
    public FeatureDataException(long row, int column, string columnName, double value)
        : base(string.Create(CultureInfo.InvariantCulture, $"Row {row}, column '{columnName}' (index {column}) is {value}; {Remedy(value)}"))
    {
        Row = row;
        Column = column;
        ColumnName = columnName;
        Value = value;
    }

    /// <summary>The zero-based row, counted from the start of the matrix or span that was passed in.</summary>
    public long Row { get; }

    /// <summary>The zero-based column.</summary>
    public int Column { get; }

    /// <summary>The column's name.</summary>
    public string ColumnName { get; }

    /// <summary>The value: NaN, +∞, −∞, or a number beyond the range of float32.</summary>
    public double Value { get; }

    private static string Remedy(double value) => double.IsFinite(value)
        ? "a cell holds numbers up to ±3.4E+38 (float32). Express the column in larger units, or take its logarithm."
        : "every cell must be a finite number. Remove the row, or fill the cell in (for instance with the column's median) before fitting or scoring.";
}
