using AnomalyKit.Numerics;
using AnomalyKit.OneClassSvm.Kernels;

namespace AnomalyKit.OneClassSvm.Tests;

/// <summary>Every width of the kernel loops gives the bits of the scalar reference, and the reference is right.</summary>
public sealed unsafe class KernelTests
{
    private static readonly KernelFunction[] Functions =
    [
        new(SvmKernelKind.Rbf, 0.1, 3, 0), new(SvmKernelKind.Rbf, 900, 3, 0), new(SvmKernelKind.Linear, 1, 3, 0),
        new(SvmKernelKind.Polynomial, 0.3, 3, 0.5), new(SvmKernelKind.Sigmoid, 0.2, 3, -0.1),
    ];

    public static TheoryData<string, int, int, int> Shapes()
    {
        var shapes = new TheoryData<string, int, int, int>();
        foreach (var width in (VectorWidth[])[VectorWidth.Lanes128, VectorWidth.Lanes256, VectorWidth.Lanes512])
        {
            foreach (int columns in (int[])[1, 3, 8, 30])
            {
                foreach (var (rows, points) in ((int, int)[])[(1, 1), (5, 31), (6, 32), (7, 33), (50, 300), (13, 513)])
                    shapes.Add(width.ToString(), rows, points, columns);
            }
        }

        return shapes;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_width_gives_the_bits_of_the_reference(string width, int rows, int points, int columns)
    {
        foreach (var function in Functions)
        {
            double[] expected = Run(VectorWidth.Scalar, function, rows, points, columns, out float[] expectedValues);
            double[] actual = Run(Enum.Parse<VectorWidth>(width), function, rows, points, columns, out float[] actualValues);
            Assert.Equal(expected, actual);
            Assert.Equal(expectedValues, actualValues);
        }
    }

    [Fact]
    public void The_reference_is_the_textbook_sum()
    {
        const int Rows = 9;
        const int Points = 70;
        const int Columns = 5;
        foreach (var function in Functions)
        {
            double[] actual = Run(VectorWidth.Scalar, function, Rows, Points, Columns, out float[] values);
            var (x, weights) = Input(Rows + Points, Columns);
            for (int row = 0; row < Rows; row++)
            {
                double sum = 0;
                for (int point = 0; point < Points; point++)
                {
                    double product = 0;
                    double distance = 0;
                    for (int k = 0; k < Columns; k++)
                    {
                        double a = x[(row * Columns) + k];
                        double b = x[((Rows + point) * Columns) + k];
                        product += a * b;
                        distance += (a - b) * (a - b);
                    }

                    double value = function.Kind switch
                    {
                        SvmKernelKind.Rbf => Math.Exp(-function.Gamma * distance),
                        SvmKernelKind.Linear => product,
                        SvmKernelKind.Polynomial => Math.Pow((function.Gamma * product) + function.Coef0, function.Degree),
                        _ => Math.Tanh((function.Gamma * product) + function.Coef0),
                    };
                    Assert.Equal(value, values[(row * PointPanels.Padded(Points)) + point], 1e-3 * Math.Max(Math.Abs(value), 1e-4));
                    sum += weights[point] * value;
                }

                Assert.Equal(sum, actual[row], 2e-4 * (1 + Math.Abs(sum)));
            }
        }
    }

    [Fact]
    public void Far_rows_that_are_close_to_each_other_keep_their_distance()
    {
        // Half squared lengths of 5e9, squared distances of 1e-2: products of float32 would lose them altogether; what is left is the rounding of cells.
        var data = FeatureMatrix.Wrap(new float[] { 1e5f, 1e5f + 0.125f, -1e5f, -1e5f - 0.0625f }, 1);
        var svm = new OneClassSvmTrainer { Nu = 1, Kernel = SvmKernel.Rbf(1), Scaling = FeatureScaling.None, Threshold = ThresholdRule.Fixed(0) }.Fit(data);
        float[] scores = svm.Score(data);
        double first = 1 + Math.Exp(-0.125 * 0.125);
        double second = 1 + Math.Exp(-0.0625 * 0.0625);
        Assert.Equal((svm.Rho - first) / 4, scores[0], 1e-3);
        Assert.Equal((svm.Rho - second) / 4, scores[2], 1e-3);
        Assert.Equal(second, svm.Rho, 1e-3);
    }

    private static (float[] Cells, double[] Weights) Input(int rows, int columns)
    {
        var random = new Numerics.CounterRandom(9, (ulong)columns);
        var cells = new float[rows * columns];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = (float)(random.NextGaussian() * (i / columns % 4 == 0 ? 0.2 : 1));
        var weights = new double[rows];
        for (int i = 0; i < rows; i++)
            weights[i] = random.NextDouble();
        return (cells, weights);
    }

    private static double[] Run(VectorWidth width, KernelFunction function, int rows, int points, int columns, out float[] values)
    {
        var engine = KernelEngines.Resolve(width);
        var (cells, weights) = Input(rows + points, columns);
        var all = ScaledPoints.Allocate(rows + points, columns);
        for (int row = 0; row < rows + points; row++)
            function.ScaleRow(cells.AsSpan(row * columns, columns), new double[columns], all.Rows(row, 1));
        all.SetHalfNorms(function, 0, rows + points);
        int[] chosen = [.. Enumerable.Range(rows, points)];
        var sums = new double[rows];
        fixed (double* pinned = sums)
            new KernelSums(function, engine, all, chosen, weights.AsSpan(0, points)).Compute(all.Cells, all.HalfNorms, rows, pinned);

        var panels = new PointPanels(all, chosen, engine);
        int stride = panels.PaddedCount;
        values = new float[rows * stride];
        fixed (float* pinned = values)
        {
            float** targets = stackalloc float*[KernelEngine.TileRows];
            for (int row = 0; row < rows; row += KernelEngine.TileRows)
            {
                int tile = Math.Min(KernelEngine.TileRows, rows - row);
                for (int i = 0; i < tile; i++)
                    targets[i] = pinned + ((row + i) * stride);
                engine.Evaluate(function, all.Cells + (row * columns), all.HalfNorms + row, tile, panels, 0, stride, targets, 0);
            }
        }

        // The rows again, added up in double as the solver does.
        var gradient = new double[stride];
        fixed (float* pinned = values)
        fixed (double* target = gradient, factors = weights)
        {
            var addresses = new nint[rows];
            for (int row = 0; row < rows; row++)
                addresses[row] = (nint)(pinned + (row * stride));
            fixed (nint* first = addresses)
                engine.AddRows((float**)first, factors, rows, target, 0, stride);
        }

        return [.. sums, .. gradient];
    }
}
