using AnomalyKit.Autoencoder.Kernels;
using AnomalyKit.Numerics;

namespace AnomalyKit.Autoencoder.Tests;

/// <summary>Every width of the loops gives the bits of the scalar reference, and the reference is right.</summary>
public sealed unsafe class KernelTests
{
    private static readonly int[] Widths = [1, 2, 3, 7, 8, 9, 15, 16, 17, 30, 31, 33, 48, 65, 130];

    public static TheoryData<string> Vectorised() => new(nameof(VectorWidth.Lanes128), nameof(VectorWidth.Lanes256), nameof(VectorWidth.Lanes512));

    [Theory]
    [MemberData(nameof(Vectorised))]
    public void Products_have_the_bits_of_the_reference(string name)
    {
        foreach (int inputs in Widths)
        {
            foreach (int outputs in Widths)
                Assert.Equal(Products(VectorWidth.Scalar, inputs, outputs, 16), Products(Enum.Parse<VectorWidth>(name), inputs, outputs, 16));
        }
    }

    [Theory]
    [MemberData(nameof(Vectorised))]
    public void Element_loops_have_the_bits_of_the_reference(string name)
    {
        foreach (int count in (int[])[16, 32, 48, 2048])
            Assert.Equal(Elements(VectorWidth.Scalar, count), Elements(Enum.Parse<VectorWidth>(name), count));
    }

    [Theory]
    [MemberData(nameof(Vectorised))]
    public void Panels_have_the_bits_of_rows(string name)
    {
        foreach (int inputs in Widths)
        {
            foreach (int outputs in Widths)
            {
                foreach (int rows in (int[])[16, 32, 48, 64])
                    AssertPanelIsRows(Enum.Parse<VectorWidth>(name), inputs, outputs, rows);
            }
        }
    }

    [Fact]
    public void The_scalar_panels_have_the_bits_of_rows() => AssertPanelIsRows(VectorWidth.Scalar, 30, 17, 48);

    [Fact]
    public void The_reference_is_the_textbook_sum()
    {
        const int Rows = 8;
        foreach (var (inputs, outputs) in ((int, int)[])[(1, 1), (30, 16), (9, 17), (33, 31)])
        {
            float[] results = Products(VectorWidth.Scalar, inputs, outputs, Rows);
            int inputStride = Blocks.RoundUp(inputs, 16);
            int outputStride = Blocks.RoundUp(outputs, 16);
            float[] x = Values(Rows * inputStride, 1, inputs, inputStride);
            float[] weights = Values(inputs * outputStride, 2, outputs, outputStride);
            float[] bias = Values(outputStride, 3, outputs, outputStride);
            for (int row = 0; row < Rows; row++)
            {
                for (int j = 0; j < outputs; j++)
                {
                    double sum = bias[j];
                    for (int i = 0; i < inputs; i++)
                        sum += (double)x[(row * inputStride) + i] * weights[(i * outputStride) + j];
                    Assert.Equal(sum, results[(row * outputStride) + j], 1e-4);
                }
            }

            for (int i = 0; i < inputs; i++)
            {
                for (int j = 0; j < outputs; j++)
                {
                    double sum = 0;
                    for (int row = 0; row < Rows; row++)
                        sum += (double)x[(row * inputStride) + i] * results[(row * outputStride) + j];
                    Assert.Equal(sum, results[(Rows * outputStride) + (i * outputStride) + j], 1e-3);
                }
            }
        }
    }

    [Theory]
    [InlineData(NetworkActivation.Relu)]
    [InlineData(NetworkActivation.LeakyRelu)]
    [InlineData(NetworkActivation.Elu)]
    [InlineData(NetworkActivation.Silu)]
    [InlineData(NetworkActivation.Tanh)]
    [InlineData(NetworkActivation.Sigmoid)]
    [InlineData(NetworkActivation.Linear)]
    public void Activations_and_their_slopes_are_right_over_the_whole_range(NetworkActivation activation)
    {
        float[] x = [.. Enumerable.Range(-4000, 8000).Select(i => (i * 0.005f) + 0.0017f), .. (float[])[-1e30f, -1000f, -88f, 88f, 100f, 1e30f, 0f, -0f, 1e-30f, -1e-30f, 1f, -1f, 2f, -2f, 3f, -3f]];
        var kernel = NetworkKernels.Resolve();
        float[] values = [.. x];
        var slopes = new float[x.Length];
        float[] alone = [.. x];
        fixed (float* v = values, s = slopes, a = alone)
        {
            kernel.ActivateWithSlopes(activation, v, s, x.Length);
            kernel.Activate(activation, a, x.Length);
        }

        Assert.Equal(values, alone);
        for (int i = 0; i < x.Length; i++)
        {
            double expected = Naive.Activate(activation, x[i]);
            Assert.Equal(expected, values[i], 1e-6 * Math.Max(1, Math.Abs(expected)));
            if (Math.Abs(x[i]) is < 1e-3f or > 50f)
                continue;
            double slope = (Naive.Activate(activation, x[i] + 1e-5) - Naive.Activate(activation, x[i] - 1e-5)) / 2e-5;
            Assert.Equal(slope, slopes[i], 2e-6);
        }
    }

    [Fact]
    public void Limits_hold_at_the_ends_of_float32()
    {
        float[] cells = [float.MaxValue, float.MinValue, 3.9f, -3.9f, 4, -4, 0, -0f, 5, -5, 1e-30f, 1, 2, 3, -1, -2];
        var limited = new float[cells.Length];
        fixed (float* source = cells, target = limited)
            NetworkKernels.Resolve().Limit(source, 4, target, cells.Length);
        Assert.Equal(cells.Select(cell => Math.Clamp(cell, -4, 4)), limited);
    }

    /// <summary>The same layer by rows, with the scalar kernel, and by a panel; then the panel's limits, differences, factors and mean squares.</summary>
    private static void AssertPanelIsRows(VectorWidth which, int inputs, int outputs, int rows)
    {
        const int Stride = 64;
        var kernel = NetworkKernels.Resolve(which);
        int inputStride = Blocks.RoundUp(inputs, 16);
        int outputStride = Blocks.RoundUp(outputs, 16);
        float[] x = Values(rows * inputs, 1, inputs, inputs);
        float[] weights = Values(inputs * outputStride, 2, outputs, outputStride);
        float[] triangle = [.. weights.Select((weight, at) => at / outputStride <= at % outputStride ? weight : 0)];
        float[] bias = Values(outputStride, 3, outputs, outputStride);
        var padded = new float[rows * inputStride];
        for (int row = 0; row < rows; row++)
            x.AsSpan(row * inputs, inputs).CopyTo(padded.AsSpan(row * inputStride));
        var panel = new float[inputStride * Stride];
        var limited = new float[inputStride * Stride];
        var y = new float[outputStride * Stride];
        var z = new float[outputStride * Stride];
        var expected = new float[rows * outputStride];
        var means = new float[rows];
        fixed (float* px = x, pp = padded, pw = weights, pt = triangle, pb = bias, pn = panel, pm = limited, py = y, pz = z, pe = expected, pl = means)
        {
            var scalar = NetworkKernels.Resolve(VectorWidth.Scalar);
            kernel.ToPanels(px, rows, inputs, 1.5f, pn, pm, Stride);
            for (int row = 0; row < rows; row++)
            {
                for (int i = 0; i < inputs; i++)
                {
                    AssertEqual(x[(row * inputs) + i], panel[(i * Stride) + row]);
                    AssertEqual(Math.Clamp(x[(row * inputs) + i], -1.5f, 1.5f), limited[(i * Stride) + row]);
                }
            }

            foreach (var product in Enum.GetValues<PanelProduct>())
            {
                float* matrix = product == PanelProduct.Triangular ? pt : pw;
                float* start = product == PanelProduct.Triangular ? null : pb;
                scalar.Affine(pp, inputStride, rows, matrix, inputs, start, pe, outputStride, outputs);
                AssertRowIsRow(kernel, pp + inputStride, inputs, matrix, outputStride, start, outputs, product, pe + outputStride);
                kernel.PanelAffine(pn, inputs, matrix, outputStride, start, outputs, product, py, rows, Stride);
                for (int at = 0; at < rows * outputs; at++)
                {
                    float sum = expected[(at / outputs * outputStride) + (at % outputs)];
                    AssertEqual(product == PanelProduct.Rectified ? Math.Max(sum, 0) : sum, y[(at % outputs * Stride) + (at / outputs)]);
                }
            }

            scalar.Affine(pp, inputStride, rows, pw, inputs, pb, pe, outputStride, outputs);
            Values(z.Length, 9, 1, 1).CopyTo(z, 0);
            kernel.PanelAffineLess(pn, inputs, pw, outputStride, pb, outputs, pz, py, rows, Stride);
            for (int at = 0; at < rows * outputs; at++)
            {
                int cell = (at % outputs * Stride) + (at / outputs);
                AssertEqual(expected[(at / outputs * outputStride) + (at % outputs)] - z[cell], y[cell]);
            }

            kernel.PanelScale(py, pb, outputs, pz, rows, Stride);
            for (int at = 0; at < rows * outputs; at++)
                AssertEqual(y[(at % outputs * Stride) + (at / outputs)] * bias[at % outputs], z[(at % outputs * Stride) + (at / outputs)]);
            kernel.PanelDifferences(py, pz, outputs, pz, rows, Stride);
            scalar.PanelMeanSquares(pz, outputs, pl, rows, Stride);
            float[] reference = [.. means];
            kernel.PanelMeanSquares(pz, outputs, pl, rows, Stride);
            Assert.Equal(reference, means);
            for (int row = 0; row < rows; row++)
                Assert.Equal(Enumerable.Range(0, outputs).Average(j => (double)z[(j * Stride) + row] * z[(j * Stride) + row]), means[row], 1e-5 * means[row]);
        }
    }

    /// <summary>A layer over one row alone, beside the same row of the scalar kernel.</summary>
    private static void AssertRowIsRow(INetworkKernel kernel, float* x, int inputs, float* weights, int stride, float* bias, int outputs, PanelProduct product, float* expected)
    {
        var alone = new float[stride + 1];
        alone[stride] = 7;
        fixed (float* y = alone)
            kernel.RowAffine(x, inputs, weights, stride, bias, outputs, product, y);
        for (int j = 0; j < outputs; j++)
            AssertEqual(product == PanelProduct.Rectified ? Math.Max(expected[j], 0) : expected[j], alone[j]);
        Assert.Equal(7, alone[stride]);
    }

    /// <summary>What xunit's asserts, asked only where it would fail: panels have millions of numbers.</summary>
    private static void AssertEqual(float expected, float actual)
    {
        if (!expected.Equals(actual))
            Assert.Equal(expected, actual);
    }

    private static float[] Products(VectorWidth which, int inputs, int outputs, int rows)
    {
        var kernel = NetworkKernels.Resolve(which);
        int inputStride = Blocks.RoundUp(inputs, 16);
        int outputStride = Blocks.RoundUp(outputs, 16);
        float[] x = Values(rows * inputStride, 1, inputs, inputStride);
        float[] weights = Values(inputs * outputStride, 2, outputs, outputStride);
        float[] bias = Values(outputStride, 3, outputs, outputStride);
        var y = new float[rows * outputStride];
        var gradient = new float[Blocks.RoundUp(inputs, 8) * outputStride];
        var sums = new float[outputStride];
        var differences = new float[y.Length];
        var errors = new float[rows];
        float[] factors = [.. Enumerable.Range(0, rows).Select(row => row % 3 == 0 ? 0f : 0.25f)];
        fixed (float* px = x, pw = weights, pb = bias, py = y, pg = gradient, ps = sums, pd = differences, pe = errors, pf = factors)
        {
            kernel.Affine(px, inputStride, rows, pw, inputs, pb, py, outputStride, outputStride);
            kernel.AddProducts(px, inputStride, inputs, py, outputStride, outputStride, rows, pg);
            kernel.AddRows(py, outputStride, rows, ps);
            if (inputStride == outputStride)
                kernel.Differences(py, px, outputStride, rows, pf, pd, pe);
        }

        return [.. y, .. gradient, .. sums, .. differences, .. errors];
    }

    private static float[] Elements(VectorWidth which, int count)
    {
        var kernel = NetworkKernels.Resolve(which);
        var all = new List<float>();
        foreach (var activation in Enum.GetValues<NetworkActivation>())
        {
            float[] values = Values(count, 4, count, count);
            var slopes = new float[count];
            fixed (float* v = values, s = slopes)
                kernel.ActivateWithSlopes(activation, v, s, count);
            all.AddRange([.. values, .. slopes]);
        }

        float[] weights = Values(count, 5, count, count);
        float[] gradients = Values(count, 6, count, count);
        float[] means = Values(count, 7, count, count);
        float[] squares = [.. Values(count, 8, count, count).Select(Math.Abs)];
        fixed (float* w = weights, g = gradients, m = means, s = squares)
        {
            kernel.AdamStep(w, g, m, s, count, new AdamStepSize(0.5f, 0.9f, 0.999f, 0.3f, 0.01f, 1e-8f, 0.99f));
            kernel.Multiply(g, m, count);
            kernel.Add(m, s, count);
            kernel.Limit(w, 0.5f, w, count);
        }

        return [.. all, .. weights, .. gradients, .. means, .. squares];
    }

    private static float[] Values(int count, ulong stream, int width, int stride)
    {
        var random = new CounterRandom(11, stream);
        var values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = i % stride < width ? (float)(3 * random.NextGaussian()) : 0;
        return values;
    }
}
