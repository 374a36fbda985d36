using AnomalyKit.ML.Cells;

namespace AnomalyKit.ML.Tests.Tables;

public sealed class CellReaderTests
{
    [Fact]
    public void Memory_is_taken_when_cells_come()
    {
        int next = 0;
        var reader = new CellReader<double>((ref double cell) => cell = next++, (cells, _) => new DoubleColumn("x", cells));
        Read(reader, 10_000);

        long before = GC.GetAllocatedBytesForCurrentThread();
        var first = reader.Take(0);
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(taken, 0, 40_000);
        Read(reader, 3);
        Assert.Equal("10002", reader.Take(10_000).Text(2));
        Assert.Equal((10_000, "9999"), (first.RowCount, first.Text(9999)));
    }

    private static void Read(CellReader<double> reader, int count)
    {
        for (int i = 0; i < count; i++)
            reader.Read();
    }
}
