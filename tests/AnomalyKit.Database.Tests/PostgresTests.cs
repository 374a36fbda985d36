using System.Data.Common;
using Npgsql;

namespace AnomalyKit.Tests.Database;

public sealed class PostgresTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [PostgresFact]
    public void Types_come_from_the_columns_and_nulls_are_missing()
    {
        using var reader = Open(
            """
            SELECT * FROM (VALUES
                (1::smallint, 2::int, 9007199254740993::bigint, 0.1::real, 0.1::float8, 1234.56::numeric(12,2), 'NA'::text, 'x'::varchar, true,
                 '2026-11-28'::date, '2026-11-28 14:05:09.5'::timestamp, '2026-11-28 14:05:09+01'::timestamptz, '00:01:30'::interval, 'c0ffee00-0000-0000-0000-000000000001'::uuid),
                (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
            ) AS t (s, i, b, r, d, n, w, v, yes, day, wall, zoned, span, key)
            """);
        var table = reader.ReadAll();
        Assert.Equal(
            ["1", "2", "9007199254740993", "0.1", "0.1", "1234.56", "NA", "x", "true", "2026-11-28T00:00:00", "2026-11-28T14:05:09.5", "2026-11-28T13:05:09Z", "90", "c0ffee00-0000-0000-0000-000000000001"],
            table.Columns.Select(column => column.Text(0)));
        Assert.All(table.Columns, column => Assert.Null(column.Text(1)));
        Assert.IsType<Int64Column>(table["b"]);
        Assert.IsType<SingleColumn>(table["r"]);
        Assert.Equal("inferred: its type is interval, counted in seconds", table.Schema.Fields[12].Origin);
    }

    [PostgresFact]
    public void An_empty_result_keeps_names_and_types()
    {
        using var reader = Open("SELECT 1::bigint AS i, 'x'::text AS w, now() AS t, true AS yes WHERE false");
        var table = reader.ReadAll();
        Assert.Equal("i: number, w: category, t: date and time, yes: boolean", table.Schema.ToString());
        Assert.True(((DateTimeColumn)Open("SELECT NULL::timestamptz AS t").ReadAll()["t"]).IsUtc);
    }

    [PostgresFact]
    public void Decimals_become_the_doubles_that_their_text_gives()
    {
        using var reader = Open("SELECT (i * 7919 % 1000003)::numeric / 1000 AS n, ((i * 7919 % 1000003)::numeric / 1000)::text AS w FROM generate_series(1, 2000) AS i");
        var table = reader.ReadAll();
        for (int row = 0; row < table.RowCount; row++)
            Assert.Equal(double.Parse(table["w"].Text(row)!, System.Globalization.CultureInfo.InvariantCulture), ((NumberColumn)table["n"]).Value(row));
    }

    [PostgresFact]
    public void Values_that_no_column_holds_name_row_and_column()
    {
        using (var reader = Open("SELECT * FROM (VALUES (1::numeric), (2), ('NaN')) AS t (n)"))
        {
            var e = Assert.Throws<TableDataException>(() => reader.ReadAll());
            Assert.Equal((2L, "n"), (e.Row, e.ColumnName));
        }

        using (var reader = Open("SELECT * FROM (VALUES (1::float8), ('Infinity'), ('NaN')) AS t (x)"))
            Assert.Contains("is infinite", Assert.Throws<TableDataException>(() => reader.ReadAll()).Message, StringComparison.Ordinal);
        Assert.Contains("Column 'b' holds bytea", Assert.Throws<TableDataException>(() => Open("SELECT 'x'::bytea AS b")).Message, StringComparison.Ordinal);
        Assert.Contains("Column 'a' holds integer[]", Assert.Throws<TableDataException>(() => Open("SELECT ARRAY[1, 2] AS a")).Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_database_that_goes_away_is_one_error_that_counts_the_rows()
    {
        foreach (bool isAsync in new[] { false, true })
        {
            await using var connection = server.Connect();
            await using var command = new NpgsqlCommand("SELECT i, repeat('x', 200) AS w FROM generate_series(1, 2000000) AS i", connection);
            await using var reader = await DbTableReader.OpenAsync(await command.ExecuteReaderAsync());
            Assert.Equal(1000, reader.ReadBatch(1000)!.RowCount);
            await using (var other = server.Connect())
            await using (var kill = new NpgsqlCommand($"SELECT pg_terminate_backend({connection.ProcessID})", other))
                await kill.ExecuteNonQueryAsync();
            var e = await Assert.ThrowsAsync<IOException>(async () =>
            {
                if (isAsync)
                {
                    await foreach (var _ in reader.ReadBatchesAsync(5000))
                    {
                    }
                }
                else
                {
                    reader.ReadAll();
                }
            });
            Assert.Matches(@"^The database failed after [1-9]\d{3,} rows were read: ", e.Message);
            Assert.Throws<InvalidOperationException>(() => reader.ReadBatch(1));
        }
    }

    private DbTableReader Open(string sql)
    {
        var connection = server.Connect();
        using var command = new NpgsqlCommand(sql, connection);
        DbDataReader reader = command.ExecuteReader(System.Data.CommandBehavior.CloseConnection);
        try
        {
            return DbTableReader.Open(reader);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }
}
