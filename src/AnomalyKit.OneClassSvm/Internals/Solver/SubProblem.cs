using System.Runtime.CompilerServices;

namespace AnomalyKit.OneClassSvm.Solver;

/// <summary>The dual over a small working set, all else fixed: sequential minimal optimization with second-order pairs (Fan, Chen, Lin, JMLR 6, 2005).</summary>
/// <remarks>One pair of coefficients a step; their sum is kept. The pair is the one whose gain, to second order, is greatest for the most violating first member.</remarks>
internal sealed unsafe class SubProblem
{
    // Stands in for a curvature that is not positive: LIBSVM's value, for kernel values of about 1.
    private const double MinCurvature = 1e-12;

    private readonly double[] _alpha;
    private readonly double[] _gradient;
    private readonly double[] _diagonal;
    private readonly float[] _kernel;
    private readonly double _minCurvature;
    private readonly double[]? _bounds;

    /// <param name="maxRows">The coefficients that there is to be room for.</param>
    /// <param name="kernelUnit">The scale of kernel values, at most 1.</param>
    /// <param name="isBounded">Whether coefficients have bounds of their own; else they are at most 1.</param>
    public SubProblem(int maxRows, double kernelUnit, bool isBounded)
    {
        _bounds = isBounded ? new double[maxRows] : null;
        _minCurvature = MinCurvature * kernelUnit;
        _alpha = new double[maxRows];
        _gradient = new double[maxRows];
        _diagonal = new double[maxRows];
        Stride = Kernels.PointPanels.Padded(maxRows);
        _kernel = GC.AllocateUninitializedArray<float>(maxRows * Stride, pinned: true);
    }

    public int Stride { get; }

    /// <summary>Kernel values of the working set's members with each other, to be filled in.</summary>
    public float[] Kernel => _kernel;

    public Span<double> Alpha => _alpha;

    public Span<double> Gradient => _gradient;

    /// <summary>The greatest values of the coefficients, to be filled in; empty where all are 1.</summary>
    public Span<double> Bounds => _bounds;

    /// <summary>Steps until no pair violates the optimality conditions by more than a tolerance. Returns the number of steps.</summary>
    public long Solve(int count, double tolerance, long maxSteps) => _bounds is null
        ? Solve(count, tolerance, maxSteps, default(UnitBounds))
        : Solve(count, tolerance, maxSteps, new RowBounds(_bounds));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long Solve<TBounds>(int count, double tolerance, long maxSteps, TBounds bounds)
        where TBounds : struct, IBounds
    {
        for (int i = 0; i < count; i++)
            _diagonal[i] = _kernel[(i * Stride) + i];
        double minCurvature = _minCurvature;

        fixed (double* alpha = _alpha, gradient = _gradient, diagonal = _diagonal)
        fixed (float* kernel = _kernel)
        {
            for (long step = 0; step < maxSteps; step++)
            {
                int up = -1;
                double least = double.PositiveInfinity;
                for (int i = 0; i < count; i++)
                {
                    if (gradient[i] < least && alpha[i] < bounds[i])
                    {
                        least = gradient[i];
                        up = i;
                    }
                }

                if (up < 0)
                    return step;
                float* upRow = kernel + ((long)up * Stride);
                double upDiagonal = diagonal[up];
                int low = -1;
                double most = double.NegativeInfinity;
                double bestGain = 0;
                for (int i = 0; i < count; i++)
                {
                    if (!(alpha[i] > 0))
                        continue;
                    double difference = gradient[i] - least;
                    if (gradient[i] > most)
                        most = gradient[i];
                    if (difference <= 0)
                        continue;
                    double curvature = upDiagonal + diagonal[i] - (2.0 * upRow[i]);
                    double gain = difference * difference / (curvature > 0 ? curvature : minCurvature);
                    if (gain > bestGain)
                    {
                        bestGain = gain;
                        low = i;
                    }
                }

                if (low < 0 || most - least <= tolerance)
                    return step;
                Step(alpha, gradient, kernel, count, up, low, bounds[up]);
            }
        }

        return maxSteps;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Step(double* alpha, double* gradient, float* kernel, int count, int up, int low, double bound)
    {
        float* upRow = kernel + ((long)up * Stride);
        float* lowRow = kernel + ((long)low * Stride);
        double curvature = _diagonal[up] + _diagonal[low] - (2.0 * upRow[low]);
        double change = (gradient[low] - gradient[up]) / (curvature > 0 ? curvature : _minCurvature);
        double room = Math.Min(bound - alpha[up], alpha[low]);
        if (change >= room)
        {
            // Whoever reaches a bound stands on it exactly.
            change = room;
            double sum = alpha[up] + alpha[low];
            if (bound - alpha[up] <= alpha[low])
            {
                alpha[up] = bound;
                alpha[low] = Math.Max(sum - bound, 0);
            }
            else
            {
                alpha[low] = 0;
                alpha[up] = Math.Min(sum, bound);
            }
        }
        else
        {
            alpha[up] += change;
            alpha[low] -= change;
        }

        for (int i = 0; i < count; i++)
            gradient[i] += change * (upRow[i] - (double)lowRow[i]);
    }
}
