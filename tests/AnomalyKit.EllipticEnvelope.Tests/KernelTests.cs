using AnomalyKit.Affine;
using AnomalyKit.EllipticEnvelope.Kernels;
using AnomalyKit.Numerics;

namespace AnomalyKit.EllipticEnvelope.Tests;

/// <summary>Every width of the row loops gives the bits of the scalar reference, and the reference is right.</summary>
public sealed unsafe class KernelTests
{
    public static TheoryData<string, int, int, int> Shapes()
    {
        var shapes = new TheoryData<string, int, int, int>();
        foreach (var kernel in (VectorWidth[])[VectorWidth.Lanes128, VectorWidth.Lanes256, VectorWidth.Lanes512])
        {
            foreach (int columns in (int[])[1, 2, 3, 7, 8, 9, 15, 16, 17, 30, 31, 33, 65])
            {
                foreach (int rows in (int[])[1, 3, 4, 5, 63, 64])
                    shapes.Add(kernel.ToString(), rows, columns, Math.Max(1, columns - 2));
            }
        }

        return shapes;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_width_gives_the_bits_of_the_reference(string kernel, int rows, int columns, int outputs)
    {
        var expected = Run(VectorWidth.Scalar, rows, columns, outputs);
        var actual = Run(Enum.Parse<VectorWidth>(kernel), rows, columns, outputs);
        Assert.Equal(expected.Images, actual.Images);
        Assert.Equal(expected.Lengths, actual.Lengths);
        Assert.Equal(expected.Products, actual.Products);
        Assert.Equal(expected.Sums, actual.Sums);
        Assert.Equal(expected.Columns, actual.Columns);
    }

    [Theory]
    [InlineData(5, 3, 2)]
    [InlineData(64, 30, 30)]
    [InlineData(9, 17, 16)]
    public void The_reference_is_the_textbook_sum(int rows, int columns, int outputs)
    {
        var (cells, center, matrix) = Input(rows, columns, outputs);
        var actual = Run(VectorWidth.Scalar, rows, columns, outputs);
        int stride = actual.Products.Length / actual.Sums.Length;
        var products = new double[outputs, outputs];
        for (int row = 0; row < rows; row++)
        {
            var image = new double[outputs];
            for (int i = 0; i < outputs; i++)
            {
                for (int j = 0; j < columns; j++)
                    image[i] += matrix[(i * columns) + j] * (cells[(row * columns) + j] - center[j]);
                Assert.Equal(image[i], actual.Images[(row * stride) + i], 1e-12);
            }

            Assert.Equal(image.Sum(value => value * value), actual.Lengths[row], 1e-10);
            for (int i = 0; i < outputs; i++)
            {
                for (int j = 0; j <= i; j++)
                    products[i, j] += image[i] * image[j];
            }
        }

        for (int i = 0; i < outputs; i++)
        {
            for (int j = 0; j <= i; j++)
                Assert.Equal(products[i, j], actual.Products[(i * stride) + j], 1e-9);
        }
    }

    [Fact]
    public void Scores_are_the_same_with_every_kernel()
    {
        var data = RecipeData.Named("Many");
        var envelope = new EllipticEnvelopeTrainer { Kernel = VectorWidth.Scalar }.Fit(data);
        float[] expected = envelope.Score(data);
        foreach (var kernel in Enum.GetValues<VectorWidth>())
        {
            Assert.Equal(expected, new EllipticEnvelopeDetector(envelope.Frame, envelope.Model, kernel).Score(data));
            Assert.Equal(envelope.Model.Factor, new EllipticEnvelopeTrainer { Kernel = kernel }.Fit(data).Model.Factor);
        }
    }

    private static (float[] Cells, double[] Center, double[] Matrix) Input(int rows, int columns, int outputs)
    {
        var random = new CounterRandom(7, (ulong)(rows * 1000 + columns));
        var cells = new float[rows * columns];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = (float)random.NextGaussian();
        var center = new double[columns];
        for (int j = 0; j < columns; j++)
            center[j] = random.NextGaussian();
        var matrix = new double[outputs * columns];
        for (int i = 0; i < outputs; i++)
        {
            for (int j = 0; j < Math.Min(columns, i + 2); j++)
                matrix[(i * columns) + j] = random.NextGaussian();
        }

        return (cells, center, matrix);
    }

    private static (double[] Images, double[] Lengths, double[] Products, double[] Sums, double[] Columns) Run(
        VectorWidth kernel, int rows, int columns, int outputs)
    {
        var (cells, center, matrix) = Input(rows, columns, outputs);
        var map = new AffineMap(center, matrix, outputs);
        var loops = EnvelopeKernels.Resolve(kernel);
        var images = new double[Blocks.RoundUp(rows, 4) * map.Stride];
        var lengths = new double[rows];
        var products = new double[map.Stride * map.Stride];
        var sums = new double[map.Stride];
        var moments = new double[2 * columns];
        fixed (float* source = cells)
        fixed (double* image = images, length = lengths, product = products, sum = sums, moment = moments, origin = center, scratch = new double[4 * map.InputStride])
        {
            loops.Map(map, source, rows, image, scratch);
            loops.SquaredLengths(image, rows, map.Stride, length);
            loops.AddProducts(image, rows, map.Stride, product, sum);
            loops.AddProducts(image, rows, map.Stride, product, sum);
            loops.AddColumns(source, rows, columns, origin, moment, squared: false);
            loops.AddColumns(source, rows, columns, origin, moment + columns, squared: true);
        }

        // The upper triangle holds whatever a width's tiles left there.
        for (int i = 0; i < map.Stride; i++)
            products.AsSpan((i * map.Stride) + i + 1, map.Stride - i - 1).Clear();
        for (int i = 0; i < products.Length; i++)
            products[i] /= 2;
        return (images, lengths, products, sums, moments);
    }
}
