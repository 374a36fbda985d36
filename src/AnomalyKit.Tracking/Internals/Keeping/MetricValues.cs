using Microsoft.Data.Sqlite;

namespace AnomalyKit.Keeping;

/// <summary>Values of metrics as SQLite keeps them: NaN, which it does not know, is null.</summary>
internal static class MetricValues
{
    public static object? ToCell(double value) => double.IsNaN(value) ? null : value;

    public static double Read(SqliteDataReader row, int column) => row.IsDBNull(column) ? double.NaN : row.GetDouble(column);

    /// <summary>The point of a row: step, time and value, from a column on.</summary>
    public static MetricPoint ReadPoint(SqliteDataReader row, string name, int column) =>
        new(name, Read(row, column + 2), row.GetInt64(column)) { Time = new DateTimeOffset(row.GetInt64(column + 1), TimeSpan.Zero) };
}
