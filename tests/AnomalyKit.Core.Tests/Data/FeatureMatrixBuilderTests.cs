using FsCheck.Xunit;

namespace AnomalyKit.Core.Tests.Data;

public class FeatureMatrixBuilderTests
{
    [Property(MaxTest = 100)]
    public bool Rows_come_out_as_they_went_in(byte[] runs, byte columns, byte capacity)
    {
        int d = 1 + (columns % 7);
        var builder = new FeatureMatrixBuilder(FeatureSchema.Unnamed(d), capacity % 40);
        var expected = new List<float>();
        foreach (byte run in (runs ?? []).Take(20))
        {
            float[] rows = [.. Enumerable.Range(expected.Count, run % 30 * d).Select(i => (float)i)];
            builder.Add(rows);
            expected.AddRange(rows);
        }

        var matrix = builder.Build();
        return matrix.RowCount == expected.Count / d && builder.RowCount == matrix.RowCount
            && Enumerable.Range(0, matrix.RowCount).All(row => matrix.Cells(row).SequenceEqual(expected.GetRange(row * d, d).ToArray()));
    }

    [Fact]
    public void Rows_beyond_one_block_go_into_more()
    {
        // 7 columns do not divide a block of 4 Mi cells.
        const int Rows = 1_300_000;
        var builder = new FeatureMatrixBuilder(FeatureSchema.Unnamed(7));
        var row = new float[7];
        for (int i = 0; i < Rows; i++)
        {
            row[6] = i;
            builder.Add(row);
        }

        var matrix = builder.Build();
        Assert.Equal(Rows, matrix.RowCount);
        Assert.True(matrix.ContiguousCells(0).Length < 7 * Rows);
        for (int i = 0; i < Rows; i += 997)
            Assert.Equal(i, matrix.Cells(i)[6]);
    }

    [Fact]
    public void A_block_that_grows_stays_one_piece()
    {
        var builder = new FeatureMatrixBuilder(FeatureSchema.Unnamed(7));
        float[] rows = new float[7 * 400_000];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = i;
        for (int row = 0; row < 400_000; row += 1600)
            builder.Add(rows.AsSpan(7 * row, 7 * 1600));
        Assert.True(rows.AsSpan().SequenceEqual(builder.Build().ContiguousCells(0)));
    }

    [Fact]
    public void A_few_rows_take_little_memory()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var builder = new FeatureMatrixBuilder(FeatureSchema.Unnamed(3));
        builder.Add([1, 2, 3]);
        Assert.Equal(1, builder.Build().RowCount);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 80_000);
    }

    [Fact]
    public void A_known_number_of_rows_lies_in_one_piece()
    {
        var builder = new FeatureMatrixBuilder(FeatureSchema.Unnamed(3), capacity: 2_000_000);
        var rows = new float[3 * 1000];
        for (int i = 0; i < 2000; i++)
            builder.Add(rows);
        Assert.Equal(3 * 2_000_000, builder.Build().ContiguousCells(0).Length);
    }

    [Fact]
    public void Rows_can_be_written_in_place()
    {
        var builder = new FeatureMatrixBuilder(FeatureSchema.Unnamed(3), capacity: 4);
        for (int row = 0; row < 10;)
        {
            var cells = builder.GetSpan(3);
            Assert.InRange(cells.Length, 3, 9);
            Assert.Equal(0, cells.Length % 3);
            // Not all of the room has to be used.
            int used = Math.Max(1, (cells.Length / 3) - 1);
            for (int i = 0; i < used; i++)
                cells.Slice(3 * i, 3).Fill(row + i);
            builder.Advance(used);
            row += used;
            Assert.Equal(row, builder.RowCount);
        }

        builder.Add([-1, -1, -1]);
        var matrix = builder.Build();
        for (int row = 0; row < matrix.RowCount - 1; row++)
            Assert.Equal([row, row, row], matrix.Cells(row).ToArray());
        Assert.Equal([-1, -1, -1], matrix.Cells(matrix.RowCount - 1).ToArray());
    }

    [Fact]
    public void Room_that_was_not_given_cannot_be_counted()
    {
        var builder = new FeatureMatrixBuilder(FeatureSchema.Unnamed(3), capacity: 4);
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.GetSpan(0).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Advance(1));
        Assert.Equal(12, builder.GetSpan(10).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Advance(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Advance(-1));
        builder.Build();
        Assert.Throws<InvalidOperationException>(() => builder.GetSpan(1).Length);
    }

    [Fact]
    public void A_built_matrix_takes_no_more_rows()
    {
        var builder = new FeatureMatrixBuilder(FeatureSchema.Unnamed(2));
        Assert.Throws<ArgumentException>(() => builder.Add([1, 2, 3]));
        builder.Add([1, 2]);
        Assert.Throws<ArgumentException>(() => new FeatureMatrixBuilder(FeatureSchema.Unnamed(2)).Build(new bool[1]));
        Assert.Equal(1, builder.Build(new bool[1]).RowCount);
        Assert.Throws<InvalidOperationException>(() => builder.Add([1, 2]));
        Assert.Throws<InvalidOperationException>(() => builder.Build());
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeatureMatrixBuilder(FeatureSchema.Unnamed(2), -1));
        Assert.Throws<ArgumentNullException>(() => new FeatureMatrixBuilder(null!));
    }
}
