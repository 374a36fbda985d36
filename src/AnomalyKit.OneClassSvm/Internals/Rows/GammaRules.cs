using AnomalyKit.Numerics;
using AnomalyKit.OneClassSvm.Kernels;

namespace AnomalyKit.OneClassSvm;

/// <summary>Finds γ as its rule says.</summary>
internal static class GammaRules
{
    private const int Pairs = 10_000;

    public static double Find(SvmKernel kernel, ScaledPoints points, double[] means, ReadOnlyMemory<double> weights, FitContext context)
    {
        if (kernel.Kind == SvmKernelKind.Linear)
            return 1;
        if (kernel.Gamma is KernelGamma.Number number)
            return number.Value;
        double squared = kernel.Gamma == KernelGamma.OverVariance ? points.Columns * ColumnSums.Variance(points, means, weights, context)
            : kernel.Gamma == KernelGamma.MedianHeuristic ? MedianSquaredDistance(points, weights.IsEmpty ? null : new RowCopies(weights.Span))
            : points.Columns;
        // No spread to measure by, or one whose reciprocal is no number.
        return squared > 1e-300 ? 1 / squared : 1.0 / points.Columns;
    }

    private static double MedianSquaredDistance(ScaledPoints points, RowCopies? copies)
    {
        var random = new CounterRandom(1);
        var distances = new List<double>(Pairs);
        for (int pair = 0; pair < Pairs; pair++)
        {
            var a = points.Row(copies?.Draw(ref random) ?? random.NextInt32(points.Count));
            var b = points.Row(copies?.Draw(ref random) ?? random.NextInt32(points.Count));
            double sum = 0;
            for (int j = 0; j < a.Length; j++)
                sum += ((double)a[j] - b[j]) * ((double)a[j] - b[j]);
            if (sum > 0)
                distances.Add(sum);
        }

        distances.Sort();
        return distances.Count == 0 ? 0 : distances[distances.Count / 2];
    }
}
