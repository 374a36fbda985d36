using AnomalyKit.Numerics;
using AnomalyKit.OneClassSvm.Kernels;
using AnomalyKit.Simd;

namespace AnomalyKit.OneClassSvm;

/// <summary>Features whose scalar products approximate a kernel: see <see cref="NystroemApproximation"/>.</summary>
internal sealed unsafe class NystroemFeatures
{
    private const double Ridge = 1e-4;

    private const int BlockRows = 42 * KernelEngine.TileRows;

    private readonly KernelFunction _function;
    private readonly IKernelEngine _engine;
    private readonly ScaledPoints _rows;
    private readonly double[] _inverse;

    private NystroemFeatures(KernelFunction function, IKernelEngine engine, ScaledPoints rows, int[] landmarks)
    {
        _function = function;
        _engine = engine;
        _rows = rows;
        Landmarks = landmarks;
        _inverse = InverseFactor(Gram());
    }

    /// <summary>The rows that are landmarks, ascending.</summary>
    public int[] Landmarks { get; }

    public static NystroemFeatures Choose(
        NystroemApproximation approximation, KernelFunction function, IKernelEngine engine, ScaledPoints rows)
    {
        var landmarks = new int[Math.Min(approximation.Landmarks, rows.Count)];
        new CounterRandom(approximation.Seed).SampleWithoutReplacement(rows.Count, landmarks);
        Array.Sort(landmarks);
        return new NystroemFeatures(function, engine, rows, landmarks);
    }

    /// <summary>The features of all rows.</summary>
    public ScaledPoints Of(FitContext context)
    {
        int count = Landmarks.Length;
        if ((long)_rows.Count * count > Array.MaxLength)
            throw new ArgumentException($"{_rows.Count} rows of {count} features do not fit one array. Use fewer landmarks.");
        var features = ScaledPoints.Allocate(_rows.Count, count);
        var panels = new PointPanels(_rows, Landmarks, _engine);
        var factor = ScaledPoints.Allocate(count, count);
        for (int i = 0; i < count; i++)
        {
            var target = factor.Rows(i, 1);
            for (int j = 0; j < count; j++)
                target[j] = (float)_inverse[(i * count) + j];
        }

        var factorPanels = new PointPanels(factor, [.. Enumerable.Range(0, count)], _engine);
        var linear = new KernelFunction(SvmKernelKind.Linear, 1, 1, 0);
        int blocks = (int)(((long)_rows.Count + BlockRows - 1) / BlockRows);
        context.ForBlocks("computing features", blocks, block =>
        {
            int start = block * BlockRows;
            int end = Math.Min(start + BlockRows, _rows.Count);
            int stride = panels.PaddedCount;
            var values = new AlignedFloats(KernelEngine.TileRows * stride);
            var images = new AlignedFloats(KernelEngine.TileRows * stride);
            var packed = new AlignedFloats(KernelEngine.TileRows * count);
            float* noNorms = stackalloc float[KernelEngine.TileRows];
            new Span<float>(noNorms, KernelEngine.TileRows).Clear();
            float** targets = stackalloc float*[KernelEngine.TileRows];
            for (int row = start; row < end; row += KernelEngine.TileRows)
            {
                int tile = Math.Min(KernelEngine.TileRows, end - row);
                for (int i = 0; i < tile; i++)
                    targets[i] = values.Pointer + (i * stride);
                _engine.Evaluate(
                    _function, _rows.Cells + ((long)row * _rows.Columns), _rows.HalfNorms + row, tile, panels, 0, stride, targets, 0);
                for (int i = 0; i < tile; i++)
                {
                    values.Span.Slice(i * stride, count).CopyTo(packed.Span[(i * count)..]);
                    targets[i] = images.Pointer + (i * stride);
                }

                _engine.Evaluate(linear, packed.Pointer, noNorms, tile, factorPanels, 0, stride, targets, 0);
                for (int i = 0; i < tile; i++)
                    images.Span.Slice(i * stride, count).CopyTo(features.Rows(row + i, 1));
            }
        });
        return features;
    }

    /// <summary>The landmarks' coefficients that make w · z(x) of a direction w of features.</summary>
    public double[] Coefficients(ReadOnlySpan<double> direction)
    {
        int count = Landmarks.Length;
        var coefficients = new double[count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j <= i; j++)
                coefficients[j] += direction[i] * _inverse[(i * count) + j];
        }

        return coefficients;
    }

    private double[] Gram()
    {
        int count = Landmarks.Length;
        var gram = new double[count * count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j <= i; j++)
                gram[(i * count) + j] = _function.Of(_rows.Row(Landmarks[i]), _rows.Row(Landmarks[j]));
        }

        return gram;
    }

    /// <summary>C⁻¹, lower triangular; the ridge grows where the kernel is not positive definite.</summary>
    private static double[] InverseFactor(double[] gram)
    {
        int count = (int)Math.Round(Math.Sqrt(gram.Length));
        double mean = 0;
        for (int i = 0; i < count; i++)
            mean += Math.Abs(gram[(i * count) + i]) / count;
        if (!(mean > 0))
            mean = 1;
        for (double ridge = Ridge; ; ridge *= 10)
        {
            double[] factor = [.. gram];
            for (int i = 0; i < count; i++)
                factor[(i * count) + i] += ridge * mean;
            if (TryFactor(factor, count))
                return Inverse(factor, count);
        }
    }

    private static bool TryFactor(double[] matrix, int count)
    {
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[(i * count) + j];
                for (int k = 0; k < j; k++)
                    sum -= matrix[(i * count) + k] * matrix[(j * count) + k];
                if (i > j)
                    matrix[(i * count) + j] = sum / matrix[(j * count) + j];
                else if (sum > 0)
                    matrix[(i * count) + i] = Math.Sqrt(sum);
                else
                    return false;
            }
        }

        return true;
    }

    private static double[] Inverse(double[] factor, int count)
    {
        var inverse = new double[count * count];
        for (int column = 0; column < count; column++)
        {
            for (int i = column; i < count; i++)
            {
                double sum = i == column ? 1 : 0;
                for (int k = column; k < i; k++)
                    sum -= factor[(i * count) + k] * inverse[(k * count) + column];
                inverse[(i * count) + column] = sum / factor[(i * count) + i];
            }
        }

        return inverse;
    }
}
