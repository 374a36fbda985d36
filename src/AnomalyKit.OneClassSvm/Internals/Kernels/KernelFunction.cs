using System.Numerics;
using System.Runtime.CompilerServices;

namespace AnomalyKit.OneClassSvm.Kernels;

/// <summary>A kernel with all its numbers, and how rows are brought to the scale in which it is computed.</summary>
/// <remarks>
/// Cells become (x − origin) · <see cref="CellScale"/> in float32, so that the engine's products need no further factor. For the radial kernel the factor is
/// √(2γ log₂ e): then −|x − y|²/2 is the exponent of two. The origin, the training rows' mean, keeps squared lengths small, which that difference is made from.
/// </remarks>
internal sealed record KernelFunction(SvmKernelKind Kind, double Gamma, int Degree, double Coef0)
{
    /// <summary>Kernel values beyond are taken as this; those of the linear kernel, whose sums are taken of the points and not of its values, as they are.</summary>
    public const float LargestValue = 1e30f;

    /// <summary>Scaled cells beyond are taken as this, so that no product is infinite.</summary>
    public const double LargestCell = 1e15;

    /// <summary>
    /// A row is far if half its squared length is greater. Between two far rows the radial kernel sums squared differences: the rounding of lengths so
    /// large, 2⁻²⁴ of them, would show in the distance. Where but one is far, so is the other one from it.
    /// </summary>
    public const float FarHalfNorm = 2048;

    public double CellScale => Kind switch
    {
        SvmKernelKind.Rbf => Math.Sqrt(2 * Gamma * 1.4426950408889634),
        SvmKernelKind.Linear => 1,
        _ => Math.Sqrt(Gamma),
    };

    public bool IsRadial => Kind == SvmKernelKind.Rbf;

    /// <summary>Brings a row to the kernel's scale; source and target may be the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ScaleRow(ReadOnlySpan<float> row, double[] origin, Span<float> scaled)
    {
        double scale = CellScale;
        int j = 0;
        var largest = new Vector<double>(LargestCell);
        for (; j <= row.Length - Vector<float>.Count; j += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(row[j..]), out var low, out var high);
            low = (low - new Vector<double>(origin, j)) * scale;
            high = (high - new Vector<double>(origin, j + Vector<double>.Count)) * scale;
            Vector.Narrow(Vector.Clamp(low, -largest, largest), Vector.Clamp(high, -largest, largest)).CopyTo(scaled[j..]);
        }

        for (; j < row.Length; j++)
            scaled[j] = (float)Math.Clamp((row[j] - origin[j]) * scale, -LargestCell, LargestCell);
    }

    /// <summary>K(x, y) of scaled rows, in double.</summary>
    public double Of(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double product = 0;
        double distance = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double difference = (double)x[i] - y[i];
            product += (double)x[i] * y[i];
            distance += difference * difference;
        }

        if (Kind == SvmKernelKind.Linear)
            return product;
        return Math.Clamp(
            Kind switch
            {
                SvmKernelKind.Rbf => Math.Pow(2, -0.5 * distance),
                SvmKernelKind.Polynomial => Math.Pow(product + Coef0, Degree),
                _ => Math.Tanh(product + Coef0),
            },
            -LargestValue,
            LargestValue);
    }

    /// <summary>K(x, x) of a scaled row.</summary>
    public double OfItself(ReadOnlySpan<float> row) => IsRadial ? 1 : Of(row, row);
}
