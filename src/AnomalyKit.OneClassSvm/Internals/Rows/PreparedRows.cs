using AnomalyKit.Numerics;
using AnomalyKit.OneClassSvm.Kernels;

namespace AnomalyKit.OneClassSvm;

/// <summary>The training rows in the kernel's scale, and the kernel with its numbers found.</summary>
/// <param name="Points">The rows.</param>
/// <param name="Function">The kernel.</param>
/// <param name="Origin">What was subtracted from each column before it was scaled.</param>
internal sealed record PreparedRows(ScaledPoints Points, KernelFunction Function, double[] Origin)
{
    public const int BlockRows = 4096;

    public static int BlockCount(int rows) => Blocks.Count(rows, BlockRows);

    /// <summary>Prepares the rows.</summary>
    /// <param name="data">The training rows, named as the caller of Fit knows them.</param>
    /// <param name="kernel">The kernel as it was chosen.</param>
    /// <param name="context">Threads, cancellation and progress.</param>
    public static PreparedRows Of(TrainingSet data, SvmKernel kernel, FitContext context)
    {
        int columns = data.Transform.OutputColumns;
        if (!PointPanels.Fit(data.Raw.RowCount, columns))
        {
            throw new ArgumentException(
                $"The data has {data.Raw.RowCount} rows, and Scaling makes {columns} columns of them; one array holds {Array.MaxLength} cells. Fit fewer rows.", nameof(data));
        }

        var points = Transformed(data, context);
        double[] means = ColumnSums.Means(points, data.Weights, context);
        double[] origin = kernel.Kind == SvmKernelKind.Rbf ? means : new double[columns];
        var function = new KernelFunction(kernel.Kind, GammaRules.Find(kernel, points, means, data.Weights, context), kernel.Degree, kernel.Coef0);
        Scale(points, function, origin, context);
        return new PreparedRows(points, function, origin);
    }

    private static ScaledPoints Transformed(TrainingSet data, FitContext context)
    {
        var points = ScaledPoints.Allocate(data.Raw.RowCount, data.Transform.OutputColumns);
        context.ForBlocks("scaling", BlockCount(points.Count), block =>
        {
            int start = block * BlockRows;
            int end = Math.Min(start + BlockRows, points.Count);
            while (start < end)
            {
                var source = data.Raw.ContiguousCells(start, end - start);
                int count = source.Length / data.Raw.ColumnCount;
                if (data.Transform.IsIdentity)
                    source.CopyTo(points.Rows(start, count));
                else
                    data.Transform.Apply(source, points.Rows(start, count));
                start += count;
            }
        });
        return points;
    }

    private static void Scale(ScaledPoints points, KernelFunction function, double[] origin, FitContext context) =>
        context.ForBlocks("scaling", BlockCount(points.Count), block =>
        {
            int start = block * BlockRows;
            int count = Math.Min(BlockRows, points.Count - start);
            var cells = points.Rows(start, count);
            int columns = points.Columns;
            for (int at = 0; at < cells.Length; at += columns)
                function.ScaleRow(cells.Slice(at, columns), origin, cells.Slice(at, columns));
            points.SetHalfNorms(function, start, count);
        });
}
