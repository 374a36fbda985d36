using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Parquet.Tests;

/// <summary>Folders, patterns and partitions.</summary>
public sealed class DatasetTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DuckDb _duck = new();

    public void Dispose()
    {
        _duck.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Folders_of_Hive_become_columns()
    {
        _duck.Run(
            $"copy (select i::bigint a, 2020 + i % 3 as year, case when i % 2 = 0 then 'DE' else 'A B' end country from range(0, 60) t(i)) to '{_folder.Root}/data' (format parquet, partition_by (year, country))");
        using var reader = ParquetTableReader.Open(Path.Combine(_folder.Root, "data"));
        Assert.Equal("a: number, year: number, country: category", reader.Schema.ToString());
        Assert.Equal(60, reader.TotalRowCount);
        var table = reader.ReadAll();
        Assert.Equal(60, table.RowCount);
        for (int row = 0; row < 60; row++)
        {
            long a = ((Int64Column)table["a"]).Cells.Span[row];
            Assert.Equal(2020 + (a % 3), ((Int64Column)table["year"]).Cells.Span[row]);
            Assert.Equal(a % 2 == 0 ? "DE" : "A B", table["country"].Text(row));
        }

        using var one = ParquetTableReader.Open(Path.Combine(_folder.Root, "data", "year=2021", "**"), new TableLayout { Columns = ["year"] });
        Assert.Equal(20, one.ReadAll().RowCount);
        using var plain = ParquetTableReader.Open(Path.Combine(_folder.Root, "data"), options: new ParquetReadOptions { ReadPartitions = false });
        Assert.Equal("a: number", plain.Schema.ToString());
    }

    [Fact]
    public void Leading_zeros_and_missing_values_of_folders_are_kept()
    {
        _duck.Copy("select 1::bigint a", _folder.File("m=07/x.parquet"));
        _duck.Copy("select 2::bigint a", _folder.File("m=__HIVE_DEFAULT_PARTITION__/x.parquet"));
        _duck.Copy("select 3::bigint a", _folder.File("m=12/_hidden.parquet"));
        using var reader = ParquetTableReader.Open(_folder.Root);
        var table = reader.ReadAll();
        Assert.Equal(["1", "2"], RandomTables.Texts(table["a"]));
        Assert.Equal(["07", null], RandomTables.Texts(table["m"]));
    }

    [Fact]
    public void Files_may_differ_in_order_and_width_of_numbers()
    {
        _duck.Copy("select 1.5::float n, 'a' w, 1::int i", _folder.File("1.parquet"));
        _duck.Copy("select 2::bigint i, 'b' w, 0.1::double n, 'more' as rest", _folder.File("2.parquet"));
        using var reader = ParquetTableReader.Open(Path.Combine(_folder.Root, "?.parquet"));
        Assert.Equal("n: number, w: category, i: number", reader.Schema.ToString());
        var first = reader.ReadBatch(100)!;
        var second = reader.ReadBatch(100)!;
        Assert.All((FeatureTable[])[first, second], table => Assert.IsType<DoubleColumn>(table["n"]));
        Assert.All((FeatureTable[])[first, second], table => Assert.IsType<Int64Column>(table["i"]));
        Assert.Equal(["0.1", "b", "2"], second.Columns.Select(column => column.Text(0)));
        Assert.Null(reader.ReadBatch(100));
    }

    [Theory]
    [InlineData("select 'x' n", "text")]
    [InlineData("select true n", "booleans")]
    [InlineData("select timestamp '2024-01-01' n", "times without a zone")]
    public void Files_that_hold_something_else_are_named(string query, string what)
    {
        _duck.Copy("select 1.5::float n", _folder.File("1.parquet"));
        _duck.Copy(query, _folder.File("2.parquet"));
        var error = Assert.Throws<TableDataException>(() => ParquetTableReader.Open(_folder.Root));
        Assert.Contains($"Column 'n' holds {what} in ", error.Message, StringComparison.Ordinal);
        Assert.Contains("2.parquet", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_lacks_a_column_is_named()
    {
        _duck.Copy("select 1 a, 2 b", _folder.File("1.parquet"));
        _duck.Copy("select 1 a", _folder.File("2.parquet"));
        var error = Assert.Throws<TableDataException>(() => ParquetTableReader.Open(_folder.Root));
        Assert.Contains("2.parquet has no column 'b'", error.Message, StringComparison.Ordinal);
        using var reader = ParquetTableReader.Open(_folder.Root, new TableLayout { Columns = ["a"] });
        Assert.Equal(2, reader.ReadAll().RowCount);
    }

    [Fact]
    public void Nothing_found_says_what_was_looked_for()
    {
        Assert.Throws<FileNotFoundException>(() => ParquetTableReader.Open(Path.Combine(_folder.Root, "none.parquet")));
        Assert.Throws<FileNotFoundException>(() => ParquetTableReader.Open(_folder.Root));
        Assert.Throws<FileNotFoundException>(() => ParquetTableReader.Open(Path.Combine(_folder.Root, "no", "*.parquet")));
    }
}
