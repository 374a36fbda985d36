using Microsoft.Data.Sqlite;

namespace AnomalyKit.Tests.Database;

public sealed class SqliteTests : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public SqliteTests() => _connection.Open();

    public void Dispose() => _connection.Dispose();

    [Fact]
    public void A_column_without_a_type_is_decided_by_all_its_first_values()
    {
        Execute("CREATE TABLE t (n INTEGER, v); INSERT INTO t VALUES (1, NULL), (2, 7), (3, 7.5), (4, '8'), (5, 'x')");
        using (var reader = Open("SELECT v FROM t WHERE n < 5 ORDER BY n"))
            Assert.Equal([null, "7", "7.5", "8"], reader.ReadAll().Texts("v"));
        using var all = Open("SELECT v FROM t ORDER BY n");
        var e = Assert.Throws<TableDataException>(() => all.ReadAll());
        Assert.Equal((4L, "v"), (e.Row, e.ColumnName));
        Assert.StartsWith("Row 4, column 'v': 'x' (text) is not a number. The kind of the column was inferred: among its first values are numbers.", e.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => all.ReadAll());
        using var words = Open("SELECT v FROM t ORDER BY n", new TableLayout { Kinds = new Dictionary<string, ColumnKind> { ["v"] = ColumnKind.Category } });
        Assert.Equal([null, "7", "7.5", "8", "x"], words.ReadAll().Texts("v"));
    }

    [Fact]
    public void Whole_values_of_a_column_of_fractions_stay_numbers()
    {
        Execute("CREATE TABLE t (r REAL, d DECIMAL(10,2)); INSERT INTO t VALUES (1, 1), (2, 2.25), (NULL, NULL)");
        using var reader = Open("SELECT r, d, r + 0 AS sum FROM t");
        var table = reader.ReadAll();
        Assert.Equal(["1", "2", null], table.Texts("r"));
        Assert.Equal(["1", "2.25", null], table.Texts("d"));
        Assert.Equal(["1", "2", null], table.Texts("sum"));
        Assert.All(table.Columns, column => Assert.IsType<DoubleColumn>(column));
    }

    [Fact]
    public void A_first_row_of_nothing_decides_nothing()
    {
        Execute("CREATE TABLE t (i INTEGER, w TEXT, at DATETIME, yes BOOLEAN); INSERT INTO t VALUES (NULL, NULL, NULL, NULL), (9007199254740993, 'NA', '2026-11-28 14:05:09', 1)");
        using var reader = Open("SELECT *, i - 1 AS less FROM t");
        var table = reader.ReadAll();
        Assert.Equal("i: number, w: category, at: date and time, yes: boolean, less: number", table.Schema.ToString());
        Assert.Equal(["9007199254740993", "NA", "2026-11-28T14:05:09", "true", "9007199254740992"], table.Columns.Select(column => column.Text(1)));
        Assert.All(table.Columns, column => Assert.Equal(1, column.MissingCount));
    }

    [Fact]
    public void Times_in_a_column_of_text_are_refused_with_the_remedy_that_reads_them()
    {
        Execute("CREATE TABLE t (at TEXT, v REAL); WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 199) INSERT INTO t SELECT datetime('2026-10-01 00:08:10', '+' || i || ' hours'), i * i % 17 + 0.5 FROM n");
        using var words = Open("SELECT * FROM t");
        string message = Assert.Throws<TableDataException>(() => new TableTrainer(new IsolationForestTrainer()).Fit(words.ReadAll())).Message;
        Assert.StartsWith("Column 'at' holds dates as words, such as '2026-10-01 00:08:10', and 200 different ones in 200 cells.", message, StringComparison.Ordinal);
        Assert.Contains("Declare it as dates (TableLayout.Kinds with ColumnKind.DateTime)", message, StringComparison.Ordinal);

        using var dates = Open("SELECT * FROM t", new TableLayout { Kinds = new Dictionary<string, ColumnKind> { ["at"] = ColumnKind.DateTime } });
        var table = dates.ReadAll();
        Assert.Equal("2026-10-01T00:08:10", table["at"].Text(0));
        Assert.Equal(200, new TableTrainer(new IsolationForestTrainer()).Fit(table).Profile!.RowCount);
    }

    [Fact]
    public void An_empty_result_keeps_names_and_types()
    {
        Execute("CREATE TABLE t (i INTEGER, r REAL, w TEXT, at TIMESTAMP)");
        using var reader = Open("SELECT * FROM t");
        var table = reader.ReadAll();
        Assert.Equal("i: number, r: number, w: category, at: date and time", table.Schema.ToString());
        Assert.Equal(0, table.RowCount);
    }

    [Fact]
    public void A_fraction_behind_the_first_rows_is_refused_and_not_cut()
    {
        Execute("CREATE TABLE t (v); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO t SELECT i FROM n; INSERT INTO t VALUES (7.5)");
        using (var reader = Open("SELECT v FROM t"))
        {
            var e = Assert.Throws<TableDataException>(() => reader.ReadAll());
            Assert.Equal(3000, e.Row);
            Assert.Contains("7.5 (a number) is not a whole number", e.Message, StringComparison.Ordinal);
        }

        using var declared = Open("SELECT v FROM t", new TableLayout { Kinds = new Dictionary<string, ColumnKind> { ["v"] = ColumnKind.Number } });
        Assert.Equal("7.5", declared.ReadAll()["v"].Text(3000));
    }

    [Fact]
    public void Bytes_are_refused_with_advice_unless_they_are_left_out()
    {
        Execute("CREATE TABLE t (i INTEGER, b BLOB); INSERT INTO t VALUES (1, x'0102')");
        var e = Assert.Throws<TableDataException>(() => Open("SELECT * FROM t"));
        Assert.Contains("Column 'b' holds BLOB", e.Message, StringComparison.Ordinal);
        using var reader = Open("SELECT * FROM t", new TableLayout { IgnoredColumns = ["b"] });
        Assert.Equal(["1"], reader.ReadAll().Texts("i"));
    }

    [Fact]
    public void Columns_are_bound_by_name_and_told_apart()
    {
        Execute("CREATE TABLE t (b, a, id); INSERT INTO t VALUES (2, 1, 'x')");
        var layout = new TableLayout { Columns = ["a", "b"], IdColumns = ["id"] };
        using (var reader = Open("SELECT b, id, a FROM t", layout))
            Assert.Equal(["x", "1", "2"], reader.ReadAll().Columns.Select(column => column.Text(0)));
        Assert.Contains("There is no column 'b'", Assert.Throws<TableDataException>(() => Open("SELECT a, id FROM t", layout)).Message, StringComparison.Ordinal);
        Assert.Contains("both named 'a'", Assert.Throws<TableDataException>(() => Open("SELECT a, b, b AS a, id FROM t", layout)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batches_come_asynchronously()
    {
        Execute("CREATE TABLE t (v); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) INSERT INTO t SELECT i FROM n");
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT v FROM t";
        await using var reader = await DbTableReader.OpenAsync(await command.ExecuteReaderAsync());
        double sum = 0;
        await foreach (var batch in reader.ReadBatchesAsync(700))
        {
            for (int row = 0; row < batch.RowCount; row++)
                sum += ((NumberColumn)batch["v"]).Value(row);
        }

        Assert.Equal(2500 * 2501 / 2.0, sum);
        Assert.Equal(2500, reader.RowCount);
    }

    [Fact]
    public void A_closed_reader_is_refused()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT 1 AS one";
        var reader = command.ExecuteReader();
        reader.Dispose();
        Assert.Throws<ArgumentException>(() => DbTableReader.Open(reader));
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private DbTableReader Open(string sql, TableLayout? layout = null)
    {
        // A command that is disposed of closes its reader; it goes with the connection.
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return DbTableReader.Open(command.ExecuteReader(), layout);
    }
}
