using System.Numerics;
using System.Runtime.CompilerServices;
using AnomalyKit.Numerics;
using AnomalyKit.OneClassSvm.Kernels;
using AnomalyKit.Simd;

namespace AnomalyKit.OneClassSvm;

/// <summary>Features whose scalar products approximate a kernel: see <see cref="NystroemApproximation"/>.</summary>
internal sealed unsafe class NystroemFeatures
{
    private const double Ridge = 1e-4;

    // Multiply-adds of a block: ten milliseconds or so.
    private const long BlockWork = 1L << 28;

    private readonly KernelFunction _function;
    private readonly IKernelEngine _engine;
    private readonly ScaledPoints _rows;
    private readonly double[] _inverse;

    private NystroemFeatures(KernelFunction function, IKernelEngine engine, ScaledPoints rows, int[] landmarks, CancellationToken cancellationToken)
    {
        _function = function;
        _engine = engine;
        _rows = rows;
        Landmarks = landmarks;
        _inverse = InverseFactor(Gram(cancellationToken), landmarks.Length, cancellationToken);
    }

    /// <summary>The rows that are landmarks, ascending.</summary>
    public int[] Landmarks { get; }

    public static NystroemFeatures Choose(
        NystroemApproximation approximation, KernelFunction function, IKernelEngine engine, ScaledPoints data, CancellationToken cancellationToken, RowCopies? copies = null)
    {
        var landmarks = new int[Math.Min(approximation.LandmarkCount, data.Count)];
        if (!PointPanels.Fit(data.Count, landmarks.Length))
        {
            throw new ArgumentException(
                $"LandmarkCount is {approximation.LandmarkCount}, and the data has {data.Count} rows: so many features do not fit one array of {Array.MaxLength} cells. "
                    + $"Lower LandmarkCount to at most {Array.MaxLength / data.Count}, or fit fewer rows.",
                nameof(data));
        }

        var random = new CounterRandom(approximation.Seed);
        if (copies is null || landmarks.Length == data.Count)
        {
            random.SampleWithoutReplacement(data.Count, landmarks);
        }
        else
        {
            // Of rows with weights copies are drawn; a row that is drawn twice is one landmark.
            Array.Resize(ref landmarks, Math.Min(landmarks.Length, copies.Count));
            copies.Sample(ref random, landmarks);
            landmarks = [.. landmarks.Distinct()];
        }

        Array.Sort(landmarks);
        return new NystroemFeatures(function, engine, data, landmarks, cancellationToken);
    }

    /// <summary>The features of all rows.</summary>
    public ScaledPoints Of(FitContext context)
    {
        int count = Landmarks.Length;
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
        int blockRows = (int)Math.Clamp(BlockWork / ((long)count * (count + _rows.Columns)), KernelEngine.TileRows, 42 * KernelEngine.TileRows)
            / KernelEngine.TileRows * KernelEngine.TileRows;
        int blocks = Blocks.Count(_rows.Count, blockRows);
        context.ForBlocks("computing features", blocks, block =>
        {
            int start = block * blockRows;
            int end = Math.Min(start + blockRows, _rows.Count);
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

    private double[] Gram(CancellationToken cancellationToken)
    {
        int count = Landmarks.Length;
        var gram = new double[count * count];
        for (int i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int j = i; j < count; j++)
                gram[(i * count) + j] = _function.Of(_rows.Row(Landmarks[j]), _rows.Row(Landmarks[i]));
        }

        return gram;
    }

    /// <summary>C⁻¹, lower triangular, of a matrix given by its upper triangle; the ridge grows where the kernel is not positive definite.</summary>
    private static double[] InverseFactor(double[] gram, int count, CancellationToken cancellationToken)
    {
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
            if (TryFactor(factor, count, cancellationToken))
                return Inverse(factor, count, cancellationToken);
        }
    }

    /// <summary>Replaces the upper triangle by Cᵀ, row after row, so that all that is read lies side by side.</summary>
    private static bool TryFactor(double[] matrix, int count, CancellationToken cancellationToken)
    {
        for (int i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = matrix.AsSpan((i * count) + i, count - i);
            for (int k = 0; k < i; k++)
                Subtract(row, matrix[(k * count) + i], matrix.AsSpan((k * count) + i, count - i));
            if (!(row[0] > 0))
                return false;
            double root = Math.Sqrt(row[0]);
            row[0] = root;
            for (int j = 1; j < row.Length; j++)
                row[j] /= root;
        }

        return true;
    }

    private static double[] Inverse(double[] factor, int count, CancellationToken cancellationToken)
    {
        var inverse = new double[count * count];
        for (int i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = inverse.AsSpan(i * count, i + 1);
            row[i] = 1;
            for (int k = 0; k < i; k++)
                Subtract(row[..(k + 1)], factor[(k * count) + i], inverse.AsSpan(k * count, k + 1));
            double root = factor[(i * count) + i];
            for (int j = 0; j < row.Length; j++)
                row[j] /= root;
        }

        return inverse;
    }

    /// <summary>target −= factor · source, each element rounded alike at any vector width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Subtract(Span<double> target, double factor, ReadOnlySpan<double> source)
    {
        int i = 0;
        for (; i <= target.Length - Vector<double>.Count; i += Vector<double>.Count)
            (new Vector<double>(target[i..]) - (new Vector<double>(source[i..]) * factor)).CopyTo(target[i..]);
        for (; i < target.Length; i++)
            target[i] -= source[i] * factor;
    }
}
