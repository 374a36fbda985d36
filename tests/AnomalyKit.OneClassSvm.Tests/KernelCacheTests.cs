using AnomalyKit.OneClassSvm.Kernels;
using AnomalyKit.OneClassSvm.Solver;

namespace AnomalyKit.OneClassSvm.Tests;

/// <summary>The cache of kernel rows holds no more memory than it may, and right values whatever had to go.</summary>
public sealed unsafe class KernelCacheTests
{
    private static readonly KernelFunction Function = new(SvmKernelKind.Rbf, 0.1, 3, 0);
    private static readonly IKernelEngine Engine = KernelEngines.Resolve();

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    [InlineData(1 << 20)]
    [InlineData((20 << 20) + 12_345)]
    [InlineData(100 << 20)]
    public void Memory_stays_below_the_bound_or_six_rows(long bytes)
    {
        using var memory = new KernelMemory();
        long most = 0;
        // One after the other, with rows of any length, as the solver does.
        foreach (int count in (int[])[700, 1500, 40, 2000, 2, 900])
        {
            var points = Points(count);
            int[] all = [.. Enumerable.Range(0, count)];
            var panels = new PointPanels(points, all, Engine);
            most = Math.Max(most, Math.Max(bytes, 6L * sizeof(float) * panels.PaddedCount));
            var cache = new KernelCache(Function, Engine, points, all, panels, memory, bytes);
            var rows = new float*[KernelCache.MaxRowsAtOnce];
            for (int pass = 0; pass < 2; pass++)
            {
                for (int start = 0; start < count; start += cache.RowsAtOnce)
                {
                    int[] asked = all[start..Math.Min(start + cache.RowsAtOnce, count)];
                    cache.Get(asked, rows, 1, CancellationToken.None);
                    Assert.InRange(memory.HeldBytes, 0, most);
                    for (int i = 0; i < asked.Length; i++)
                    {
                        int other = (asked[i] * 7) % count;
                        Assert.Equal(Function.Of(points.Row(asked[i]), points.Row(other)), rows[i][other], 1e-5);
                    }
                }
            }
        }
    }

    [Fact]
    public void Room_for_all_rows_is_used()
    {
        var points = Points(3000);
        using var memory = new KernelMemory();
        int[] all = [.. Enumerable.Range(0, 3000)];
        var panels = new PointPanels(points, all, Engine);
        long bytes = 3000L * sizeof(float) * panels.PaddedCount;
        var cache = new KernelCache(Function, Engine, points, all, panels, memory, bytes);
        var rows = new float*[KernelCache.MaxRowsAtOnce];
        var first = new nint[3000];
        for (int pass = 0; pass < 2; pass++)
        {
            for (int row = 0; row < 3000; row++)
            {
                cache.Get([row], rows, 1, CancellationToken.None);
                if (pass == 0)
                    first[row] = (nint)rows[0];
                else
                    Assert.Equal(first[row], (nint)rows[0]);
            }
        }

        Assert.Equal(bytes, memory.HeldBytes);
    }

    private static ScaledPoints Points(int count)
    {
        var data = Textbook.Rows((ulong)count, count, 3);
        var points = ScaledPoints.Allocate(count, 3);
        for (int row = 0; row < count; row++)
            Function.ScaleRow(data.Cells(row), new double[3], points.Rows(row, 1));
        points.SetHalfNorms(Function, 0, count);
        return points;
    }
}
