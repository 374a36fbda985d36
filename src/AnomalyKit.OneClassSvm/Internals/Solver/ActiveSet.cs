using AnomalyKit.Numerics;
using AnomalyKit.OneClassSvm.Kernels;

namespace AnomalyKit.OneClassSvm.Solver;

/// <summary>The rows that take part while the others rest at their bounds (shrinking): their coefficients and gradients, and steps to the optimum among them.</summary>
internal sealed unsafe class ActiveSet
{
    /// <summary>Coefficients that are optimized together.</summary>
    public const int MaxMembers = 512;

    // How much of the violation a working set is rid of before the next one is chosen.
    private const double InnerFraction = 0.1;

    // As many times the working sets that it takes to go over all rows once, without progress, end it: the kernel values leave no more digits.
    private const int MaxIdlePasses = 5;

    private readonly SolverOptions _options;
    private readonly ScaledPoints _points;
    private readonly int[] _active;
    private readonly PointPanels _panels;
    private readonly KernelCache _cache;
    private readonly double[] _alpha;
    private readonly double[] _gradient;
    private readonly double[]? _bounds;
    private readonly WorkingSet _workingSet;
    private readonly SubProblem _subProblem;
    private readonly float*[] _rows;

    /// <param name="options">Kernel, engine, cache and limits.</param>
    /// <param name="points">All rows.</param>
    /// <param name="active">Those that are active.</param>
    /// <param name="memory">Where kernel rows are held.</param>
    /// <param name="alpha">The active rows' coefficients.</param>
    /// <param name="gradient">The active rows' gradients.</param>
    /// <param name="bounds">The greatest values of the active rows' coefficients; null where all are 1.</param>
    public ActiveSet(
        SolverOptions options, ScaledPoints points, int[] active, KernelMemory memory, ReadOnlySpan<double> alpha, ReadOnlySpan<double> gradient, double[]? bounds)
    {
        _bounds = bounds;
        _options = options;
        _points = points;
        _active = active;
        int count = active.Length;
        _panels = new PointPanels(points, active, options.Engine);
        _cache = new KernelCache(options.Function, options.Engine, points, active, _panels, memory, options.CacheBytes);
        _alpha = alpha.ToArray();
        _gradient = GC.AllocateArray<double>(_panels.PaddedCount, pinned: true);
        gradient.CopyTo(_gradient);
        int members = Math.Min(MaxMembers, count);
        _workingSet = new WorkingSet(count, members);
        _subProblem = new SubProblem(members, options.KernelUnit, bounds is not null);
        _rows = new float*[KernelCache.MaxRowsAtOnce];
    }

    public ReadOnlySpan<double> Alpha => _alpha;

    public ReadOnlySpan<double> Gradient => _gradient.AsSpan(0, _alpha.Length);

    /// <summary>Optimizes until the violation is no more than a tolerance. Returns the number of steps; at most <paramref name="maxSteps"/>.</summary>
    public long Run(double tolerance, long maxSteps, Action<double> progress)
    {
        long steps = 0;
        double best = double.PositiveInfinity;
        int idle = 0;
        while (true)
        {
            _options.CancellationToken.ThrowIfCancellationRequested();
            var extremes = Extremes.Of(_alpha, Gradient, _bounds);
            progress(extremes.Violation);
            if (extremes.Violation <= tolerance || steps >= maxSteps)
                return steps;
            idle = extremes.Violation < 0.9 * best ? 0 : idle + 1;
            best = Math.Min(best, extremes.Violation);
            if (idle > MaxIdlePasses * (1 + (_alpha.Length / MaxMembers)))
                return steps;
            _workingSet.Choose(_alpha, Gradient, _bounds, extremes);
            long taken = Optimise(Math.Max(InnerFraction * extremes.Violation, 0.5 * tolerance), maxSteps - steps);
            if (taken == 0)
                return steps;
            steps += taken;
        }
    }

    private long Optimise(double tolerance, long maxSteps)
    {
        var members = _workingSet.Members;
        int count = members.Count;
        int[] indexes = [.. members];
        FillKernel(indexes);
        for (int i = 0; i < count; i++)
        {
            _subProblem.Alpha[i] = _alpha[indexes[i]];
            _subProblem.Gradient[i] = _gradient[indexes[i]];
            if (_bounds is not null)
                _subProblem.Bounds[i] = _bounds[indexes[i]];
        }

        // A set that takes its time is left for the next one: others may be more urgent by now.
        long steps = _subProblem.Solve(count, tolerance, Math.Min(maxSteps, 40L * count));
        if (steps == 0)
            return 0;

        int changed = 0;
        var changes = new double[count];
        for (int i = 0; i < count; i++)
        {
            double change = _subProblem.Alpha[i] - _alpha[indexes[i]];
            if (change == 0)
                continue;
            _alpha[indexes[i]] = _subProblem.Alpha[i];
            indexes[changed] = indexes[i];
            changes[changed++] = change;
        }

        for (int start = 0; start < changed; start += _cache.RowsAtOnce)
        {
            int some = Math.Min(_cache.RowsAtOnce, changed - start);
            _cache.Get(indexes.AsSpan(start, some), _rows, _options.Threads, _options.CancellationToken);
            AddToGradient(changes.AsSpan(start, some));
        }

        return steps;
    }

    /// <summary>The members' kernel values with each other.</summary>
    private void FillKernel(int[] indexes)
    {
        int count = indexes.Length;
        var members = _points.Gather([.. indexes.Select(index => _active[index])]);
        var panels = new PointPanels(members, [.. Enumerable.Range(0, count)], _options.Engine);
        fixed (float* kernel = _subProblem.Kernel)
        {
            float** targets = stackalloc float*[KernelEngine.TileRows];
            for (int row = 0; row < count; row += KernelEngine.TileRows)
            {
                int tile = Math.Min(KernelEngine.TileRows, count - row);
                for (int i = 0; i < tile; i++)
                    targets[i] = kernel + ((long)(row + i) * _subProblem.Stride);
                _options.Engine.Evaluate(
                    _options.Function, members.Cells + ((long)row * members.Columns), members.HalfNorms + row, tile, panels, 0, panels.PaddedCount, targets, 0);
            }
        }
    }

    private void AddToGradient(ReadOnlySpan<double> changes)
    {
        int rows = changes.Length;
        long work = (long)_panels.PaddedCount * rows;
        const int BlockPoints = 4096;
        int blocks = Blocks.Count(_panels.PaddedCount, BlockPoints);
        fixed (double* weights = changes, gradient = _gradient)
        fixed (float** addresses = _rows)
        {
            nint pinnedWeights = (nint)weights;
            nint pinnedGradient = (nint)gradient;
            nint pinnedRows = (nint)addresses;
            ParallelBlocks.For(
                blocks,
                work < Parallelism.MinWork ? 1 : _options.Threads,
                block =>
                {
                    int first = block * BlockPoints;
                    int points = Math.Min(BlockPoints, _panels.PaddedCount - first);
                    _options.Engine.AddRows((float**)pinnedRows, (double*)pinnedWeights, rows, (double*)pinnedGradient, first, points);
                },
                _options.CancellationToken);
        }
    }
}
