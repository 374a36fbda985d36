using System.Globalization;

namespace AnomalyKit;

/// <summary>A value of the data cannot be used: it is NaN or infinite, too large for a cell, or no code of a category.</summary>
/// <remarks>The message names the row, the column, the value and the remedy; the properties give the same to code.</remarks>
public sealed class FeatureDataException : ArgumentException
{
    /// <summary>Names a value that cannot be used.</summary>
    /// <param name="row">The zero-based row.</param>
    /// <param name="column">The zero-based column.</param>
    /// <param name="columnName">The column's name.</param>
    /// <param name="value">The value.</param>
    public FeatureDataException(long row, int column, string columnName, double value)
        : this(row, column, columnName, value, Remedy(value))
    {
    }

    internal FeatureDataException(long row, int column, FeatureSchema schema, double value)
        : this(row, column, schema.ColumnNames[column], value, schema.LevelCounts[column] is > 0 and var levels ? CategoryRemedy(levels, schema.MissingAllowed[column]) : Remedy(value))
    {
    }

    private FeatureDataException(long row, int column, string columnName, double value, string remedy)
        : base(string.Create(CultureInfo.InvariantCulture, $"Row {row}, column '{columnName}' (index {column}) is {value}; {remedy}"))
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

    /// <summary>The value: NaN, +∞, −∞, a number beyond the range of float32, or a number that is not a code of its category.</summary>
    public double Value { get; }

    private static string Remedy(double value) => double.IsFinite(value)
        ? "a cell holds numbers up to ±3.4E+38 (float32). Express the column in larger units, or take its logarithm."
        : "every cell must be a finite number. Remove the row, or fill the cell in (for instance with the column's median) before fitting or scoring.";

    private static string CategoryRemedy(int levels, bool missingIsAllowed) => string.Create(
        CultureInfo.InvariantCulture,
        $"the column is a category of {levels} levels, and its cells are whole numbers from 0 to {levels - 1}, {levels} for a level that is not known{(missingIsAllowed ? ", or NaN where missing" : "")}. Encode the cell with the levels that the schema was made for.");
}
