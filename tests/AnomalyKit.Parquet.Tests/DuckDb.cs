using DuckDB.NET.Data;

namespace AnomalyKit.Parquet.Tests;

/// <summary>DuckDB in memory, as the other implementation.</summary>
internal sealed class DuckDb : IDisposable
{
    private readonly DuckDBConnection _connection = new("Data Source=:memory:");

    public DuckDb()
    {
        _connection.Open();
        Run("set timezone = 'UTC'");
    }

    public void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Writes the rows of a query as Parquet.</summary>
    public void Copy(string query, string path, string options = "") => Run($"copy ({query}) to '{path}' (format parquet{(options.Length > 0 ? ", " + options : string.Empty)})");

    /// <summary>All cells of a query as text, row by row.</summary>
    public IReadOnlyList<IEnumerable<string?>> Query(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<IEnumerable<string?>>();
        while (reader.Read())
            rows.Add(Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture)).ToArray());
        return rows;
    }

    public void Dispose() => _connection.Dispose();
}
