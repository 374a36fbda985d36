using FsCheck.Xunit;

namespace AnomalyKit.Core.Tests.Data;

public class FeatureMatrixTests
{
    private static readonly float[] Cells = [.. Enumerable.Range(0, 30).Select(i => (float)i)];

    [Fact]
    public void Wrapping_copies_nothing()
    {
        float[] cells = [.. Cells];
        var matrix = FeatureMatrix.Wrap(cells, 3);
        cells[4] = -1;
        Assert.Equal([3, -1, 5], matrix.Cells(1).ToArray());
        Assert.Equal((10, 3, 30L), (matrix.RowCount, matrix.ColumnCount, matrix.CellCount));
        Assert.Equal(["f0", "f1", "f2"], matrix.Schema.ColumnNames);
        Assert.False(matrix.Schema.IsNamed);
        Assert.Equal("10 rows × 3 columns", matrix.ToString());
    }

    [Fact]
    public void Cells_that_are_no_whole_rows_are_refused()
    {
        var exception = Assert.Throws<ArgumentException>(() => FeatureMatrix.Wrap(Cells, 4));
        Assert.Contains("30 cells", exception.Message, StringComparison.Ordinal);
        Assert.Contains("2 are left over", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => FeatureMatrix.Wrap(Cells, 0));
        Assert.Throws<ArgumentNullException>(() => FeatureMatrix.Wrap(Cells, null!));
    }

    [Fact]
    public void Rows_outside_are_refused()
    {
        var matrix = FeatureMatrix.Wrap(Cells, 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Cells(10).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Cells(-1).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.ContiguousCells(10).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.ContiguousCells(0, 0).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Slice(11, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Slice(5, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Slice(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Slice(5, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Slice(2, 3).Cells(3).ToArray());
        Assert.Equal(0, matrix.Slice(10, 0).RowCount);
    }

    [Property(MaxTest = 200)]
    public bool Blocks_and_slices_hold_the_rows_of_the_whole(byte rows, byte columns, byte rowsPerBlock, byte start, byte count, byte most)
    {
        int n = rows % 60;
        int d = 1 + (columns % 5);
        float[] cells = [.. Enumerable.Range(0, n * d).Select(i => (float)i)];
        var blocks = cells.Chunk(d * (1 + (rowsPerBlock % 20))).Select(block => new ReadOnlyMemory<float>(block)).ToArray();
        bool[] labels = [.. Enumerable.Range(0, n).Select(i => i % 3 == 0)];
        var matrix = FeatureMatrix.WrapBlocks(blocks, FeatureSchema.Unnamed(d), labels);
        int from = n == 0 ? 0 : start % n;
        var slice = matrix.Slice(from, count % (n - from + 1));
        bool same = slice.Labels.Span.SequenceEqual(labels.AsSpan(from, slice.RowCount));
        for (int row = 0; row < slice.RowCount; row++)
            same &= slice.Cells(row).SequenceEqual(cells.AsSpan((from + row) * d, d));
        for (int row = 0; row < slice.RowCount;)
        {
            var run = slice.ContiguousCells(row, 1 + (most % 30));
            same &= run.Length >= d && run.Length % d == 0 && run.Length / d <= 1 + (most % 30) && run.SequenceEqual(cells.AsSpan((from + row) * d, run.Length));
            row += run.Length / d;
        }

        return same;
    }

    [Fact]
    public void Blocks_of_unequal_size_are_refused()
    {
        ReadOnlyMemory<float> three = Cells.AsMemory(0, 9);
        ReadOnlyMemory<float> two = Cells.AsMemory(0, 6);
        var schema = FeatureSchema.Unnamed(3);
        Assert.Equal(8, FeatureMatrix.WrapBlocks([three, three, two], schema).RowCount);
        Assert.Contains("Block 1", Assert.Throws<ArgumentException>(() => FeatureMatrix.WrapBlocks([three, two, three], schema)).Message, StringComparison.Ordinal);
        Assert.Contains("Block 1", Assert.Throws<ArgumentException>(() => FeatureMatrix.WrapBlocks([two, three], schema)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => FeatureMatrix.WrapBlocks([Cells.AsMemory(0, 7)], schema));
        Assert.Equal(0, FeatureMatrix.WrapBlocks([], schema).RowCount);
    }

    [Fact]
    public void A_matrix_may_have_more_cells_than_an_array()
    {
        // One block of 2²⁰ rows × 16 columns, 200 times over: 3.4 billion cells in 64 MB.
        const int BlockRows = 1 << 20;
        var block = new float[BlockRows * 16];
        for (int row = 0; row < BlockRows; row++)
            block[(row * 16) + 15] = row;
        var matrix = FeatureMatrix.WrapBlocks([.. Enumerable.Repeat(new ReadOnlyMemory<float>(block), 200)], FeatureSchema.Unnamed(16));
        Assert.Equal(200L * BlockRows * 16, matrix.CellCount);
        Assert.Equal(200 * BlockRows, matrix.RowCount);
        foreach (int row in (int[])[0, BlockRows - 1, BlockRows, (1 << 27) - 1, 1 << 27, (1 << 27) + 5, (200 * BlockRows) - 1])
        {
            Assert.Equal(row % BlockRows, matrix.Cells(row)[15]);
            Assert.Equal(row % BlockRows, matrix.ContiguousCells(row)[15]);
            Assert.Equal(row % BlockRows, matrix.Slice(row, 1).Cells(0)[15]);
        }

        Assert.Equal(3 * 16, matrix.Slice((1 << 27) - 2, 5).ContiguousCells(2).Length);
    }

    [Fact]
    public void More_rows_than_scores_can_be_kept_for_are_refused()
    {
        var block = new float[1 << 24];
        Assert.Contains(
            "holds at most",
            Assert.Throws<ArgumentException>(() => FeatureMatrix.WrapBlocks([.. Enumerable.Repeat(new ReadOnlyMemory<float>(block), 129)], FeatureSchema.Unnamed(1))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_ride_along()
    {
        bool[] labels = [.. Enumerable.Range(0, 10).Select(i => i % 4 == 1)];
        var matrix = FeatureMatrix.Wrap(Cells, FeatureSchema.Unnamed(3), labels);
        Assert.True(matrix.HasLabels);
        Assert.Equal(labels[2..7], matrix.Slice(2, 5).Labels.ToArray());
        Assert.Equal([labels[9], labels[0], labels[9]], matrix.SelectRows([9, 0, 9]).Labels.ToArray());
        Assert.Equal(labels, matrix.SelectColumns("f2").Labels.ToArray());
        Assert.False(matrix.WithLabels(default).HasLabels);
        Assert.Throws<ArgumentException>(() => matrix.WithLabels(new bool[9]));
        Assert.Throws<ArgumentException>(() => FeatureMatrix.Wrap(Cells, FeatureSchema.Unnamed(3), new bool[11]));
        Assert.EndsWith("labeled", matrix.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Chosen_rows_and_columns_are_copied()
    {
        float[] cells = [.. Cells];
        var matrix = FeatureMatrix.Wrap(cells, new FeatureSchema(["a", "b", "c"], [1, 2, 3]));
        var rows = matrix.SelectRows([7, 7, 0]);
        var columns = matrix.SelectColumns("c", "a");
        cells[21] = cells[0] = cells[2] = -1;
        Assert.Equal([21, 22, 23], rows.Cells(1).ToArray());
        Assert.Equal([2, 0], columns.Cells(0).ToArray());
        Assert.Equal(["c", "a"], columns.Schema.ColumnNames);
        Assert.Equal([3, 1], columns.Schema.ColumnOffsets.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.SelectRows([10]));
        Assert.Contains("'d'", Assert.Throws<ArgumentException>(() => matrix.SelectColumns("d")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => matrix.SelectColumns("a", "a"));
        Assert.Throws<ArgumentException>(() => matrix.SelectColumns());
    }

    [Fact]
    public void Arrays_of_rows_become_a_matrix()
    {
        var matrix = FeatureMatrix.FromRows([[1, 2], [3, 4]], ["x", "y"]);
        Assert.Equal([3, 4], matrix.Cells(1).ToArray());
        Assert.Equal(["x", "y"], matrix.Schema.ColumnNames);
        Assert.Contains("Row 1", Assert.Throws<ArgumentException>(() => FeatureMatrix.FromRows([[1, 2], [3]])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => FeatureMatrix.FromRows([]));
        Assert.Throws<ArgumentException>(() => FeatureMatrix.FromRows([[1, 2]], ["x"]));
    }

    [Fact]
    public void Another_schema_of_as_many_columns_can_be_laid_over()
    {
        var matrix = FeatureMatrix.Wrap(Cells, 3);
        Assert.Equal(["a", "b", "c"], matrix.WithSchema(new FeatureSchema(["a", "b", "c"])).Schema.ColumnNames);
        Assert.Throws<ArgumentException>(() => matrix.WithSchema(FeatureSchema.Unnamed(2)));
        var shifted = FeatureMatrix.Wrap(Cells, new FeatureSchema(["a", "b", "c"], [0, 5, 0]));
        Assert.Equal(["x", "y", "z"], shifted.WithSchema(new FeatureSchema(["x", "y", "z"], [0, 5, 0])).Schema.ColumnNames);
    }

    [Fact]
    public void A_schema_of_other_offsets_is_refused()
    {
        var shifted = FeatureMatrix.Wrap(Cells, new FeatureSchema(["a", "b", "c"], [0, 5, 0]));
        foreach (var schema in new[] { new FeatureSchema(["a", "b", "c"]), new FeatureSchema(["a", "b", "c"], [0, 5.5, 0]) })
        {
            var exception = Assert.Throws<ArgumentException>(() => shifted.WithSchema(schema));
            Assert.Equal("schema", exception.ParamName);
            Assert.Contains("Column 1 ('b') has the offset 5 ", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_rows_of_a_labelled_matrix_are_labelled()
    {
        var matrix = FeatureMatrix.Wrap(Cells, FeatureSchema.Unnamed(3), new bool[10]);
        Assert.True(matrix.Slice(4, 0).HasLabels);
        Assert.True(matrix.SelectRows([]).HasLabels);
        Assert.True(matrix.Slice(4, 0).SelectColumns("f1").HasLabels);
        Assert.True(matrix.Slice(4, 0).WithSchema(new FeatureSchema(["a", "b", "c"])).HasLabels);
        Assert.True(matrix.Slice(4, 0).Slice(0, 0).HasLabels);
        Assert.False(matrix.WithLabels(default).Slice(4, 0).HasLabels);
        Assert.False(FeatureMatrix.Wrap(Cells, 3).SelectRows([]).HasLabels);
    }
}
