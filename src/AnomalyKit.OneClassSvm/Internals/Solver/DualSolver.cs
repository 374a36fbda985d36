// Longer than other files: start, rounds and end of the solver work on the same coefficients and gradient, and read in this order.
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using AnomalyKit.Numerics;
using AnomalyKit.OneClassSvm.Kernels;

namespace AnomalyKit.OneClassSvm.Solver;

/// <summary>Solves the dual of the one-class SVM: minimise ½ αᵀKα with 0 ≤ α ≤ 1 and Σα = νn, LIBSVM's scaling; for rows with weights 0 ≤ α ≤ w and Σα = νΣw, as its version for weights of
/// instances.</summary>
/// <remarks>
/// <para>
/// B. Schölkopf et al., <i>Estimating the Support of a High-Dimensional Distribution</i>, Neural Computation 13, 2001. The start comes from the solution of a random part of
/// the rows: scored with it, rows far below the boundary have coefficient 1 and rows far above have 0, which leaves little to do. Then, in rounds: the
/// rows that may still change are optimized among each other (<see cref="ActiveSet"/>), the gradient of all rows is brought up to date, and the optimality
/// conditions are checked over all rows.
/// </para>
/// <para>
/// Where νn is at most 1, no coefficient needs its upper bound, and all solutions are multiples of one: it is found for a sum of ½, which keeps every coefficient below 1, and
/// its factor is handed back beside it. So neither tolerance nor rounding knows how small νn is.
/// </para>
/// <para>The result depends on the data and the options alone: not on threads, nor on the cache's size.</para>
/// </remarks>
internal sealed class DualSolver
{
    // Fewer rows are solved from a start of their own.
    private const int MinRowsForPart = 4096;

    // The part is a one in so many rows: its cost falls with the square, and its noise rises with the root.
    private const int PartDivisor = 8;

    // Rows at a bound that may take part at once, at least; as many as there are support vectors, where these are more.
    private const int MinActiveRows = 2048;

    // The sum that stands for all sums up to 1. A power of two: multiples of it are exact.
    private const double NormalSum = 0.5;

    // The tolerance is relative to boundaries below 1, which an absolute one would be coarse for, but not to any number of digits.
    private const double MinBoundary = 0.01;

    // Gradients are sums of products with kernel values: finer than this share of the greatest of these they cannot be told apart.
    private const double Resolution = 1e-14;

    // So many rounds without progress end a fit whose kernel values leave no more digits.
    private const int MaxIdleRounds = 20;

    private const double PartTolerance = 0.003;

    // Candidates are at most one in so many rows.
    private const int CandidateDivisor = 2;

    private const ulong PartSeed = 0x5EED;

    private readonly SolverOptions _options;
    private readonly ScaledPoints _points;
    private readonly double _total;
    private readonly KernelMemory _memory;
    private readonly double[] _gradient;
    private readonly double[]? _bounds;
    private double[] _alpha;
    private double _drift;
    private double _terms;
    private long _startSteps;

    private DualSolver(SolverOptions options, ScaledPoints points, KernelMemory memory, double total, double[]? bounds)
    {
        _bounds = bounds;
        _memory = memory;
        _options = options;
        _points = points;
        _total = total;
        _gradient = new double[points.Count];
        _alpha = [];
    }

    /// <summary>Solves.</summary>
    /// <param name="options">Kernel, engine, cache and limits.</param>
    /// <param name="points">The rows, at least one.</param>
    /// <param name="total">The sum of the coefficients, above 0 and at most the sum of their bounds; see <see cref="DualSolution.Scale"/> for sums up to 1.</param>
    /// <param name="weights">The greatest value of each coefficient, above 0; empty where all are 1.</param>
    public static DualSolution Solve(SolverOptions options, ScaledPoints points, double total, ReadOnlySpan<double> weights = default)
    {
        using var memory = new KernelMemory();
        if (total > 1)
            return Solve(options, points, memory, total, weights.IsEmpty ? null : weights.ToArray());

        double scale = total / NormalSum;
        // No coefficient can exceed the sum, so bounds at or above it bind nothing.
        double[]? bounds = weights.IsEmpty || TensorPrimitives.Min(weights) >= total ? null : Array.ConvertAll(weights.ToArray(), weight => weight / scale);
        return Solve(options with { CoefficientUnit = NormalSum }, points, memory, NormalSum, bounds) with { Scale = scale };
    }

    /// <summary>The rows of the part that many rows start from, ascending.</summary>
    public static int[] PartOf(int count)
    {
        var part = new int[count / PartDivisor];
        new CounterRandom(PartSeed, (ulong)count).SampleWithoutReplacement(count, part);
        Array.Sort(part);
        return part;
    }

    /// <summary>How the part is solved.</summary>
    public static SolverOptions OptionsOfPart(SolverOptions options) => options with { RelativeTolerance = PartTolerance };

    private static DualSolution Solve(SolverOptions options, ScaledPoints points, KernelMemory memory, double total, double[]? bounds)
    {
        double[] diagonal = Diagonal(options.Function, points);
        var solver = new DualSolver(options with { GreatestKernel = diagonal.Max(Math.Abs) }, points, memory, total, bounds);
        solver.Start(diagonal);
        return solver.Run();
    }

    private void Start(double[] diagonal)
    {
        int count = _points.Count;
        var context = _options.Context.Part(0, 0.3);
        double most = _bounds is null ? count : _bounds.Sum();
        if (_total >= most)
        {
            _alpha = new double[count];
            for (int i = 0; i < count; i++)
                _alpha[i] = Bound(i);
        }
        else if (count < MinRowsForPart)
        {
            // As if all rows had the same coefficient: rows of low density come first.
            var uniform = new double[count];
            for (int i = 0; i < count; i++)
                uniform[i] = Bound(i) * (_total / most);
            AddSums(uniform, context);
            for (int i = 0; i < count; i++)
                _gradient[i] -= uniform[i] * diagonal[i];
            _alpha = StartPoint.Clip(_gradient, diagonal, _total, _options.KernelUnit, _bounds);
        }
        else
        {
            int[] part = PartOf(count);
            double[]? bounds = Gather(part);
            double share = bounds is null ? (double)part.Length / count : bounds.Sum() / most;
            var solved = Solve(
                OptionsOfPart(_options) with { Context = context.Part(0, 0.5) },
                _points.Gather(part),
                _memory,
                _total * share,
                bounds);
            _startSteps = solved.Steps;
            int[] support = [.. Enumerable.Range(0, part.Length).Where(i => solved.Alpha[i] > 0)];
            AddSums([.. support.Select(i => part[i])], [.. support.Select(i => solved.Alpha[i] / share)], add: false, context.Part(0.5, 1));
            for (int i = 0; i < part.Length; i++)
                _gradient[part[i]] -= solved.Alpha[i] / share * diagonal[part[i]];
            _alpha = StartPoint.Clip(_gradient, diagonal, _total, _options.KernelUnit, _bounds);
            SolveCandidates(_options.Context.Part(0.3, 0.5));
        }

        AddSums(_alpha, _options.Context.Part(0.5, 0.7));
    }

    /// <summary>
    /// Where the start has few support vectors, the dual over these and the rows of next lowest density: they hold nearly all support vectors of the optimum, so
    /// that the gradients of all rows are summed once for coefficients that are nearly final, not for one change of them after the other.
    /// </summary>
    private void SolveCandidates(FitContext context)
    {
        int count = _points.Count;
        int supports = 0;
        foreach (double value in _alpha)
            supports += value > 0 ? 1 : 0;
        int most = supports + supports + Math.Min(MinActiveRows, count / PartDivisor);
        if (most > count / CandidateDivisor)
            return;
        var keys = new float[count];
        for (int i = 0; i < count; i++)
            keys[i] = _alpha[i] > 0 ? float.NegativeInfinity : (float)_gradient[i];
        float cut = OrderStatistics.Select([.. keys], most - 1);
        var candidates = new int[most];
        int found = 0;
        for (int pass = 0; pass < 2; pass++)
        {
            // Of those that tie at the cut the first ones.
            for (int i = 0; i < count && found < most; i++)
            {
                if (pass == 0 ? keys[i] < cut : keys[i] == cut)
                    candidates[found++] = i;
            }
        }

        Array.Sort(candidates);
        var options = _options with
        {
            // What it leaves is for the other rows, whose gradients may lie a little beyond.
            Tolerance = 0.5 * _options.Tolerance,
            RelativeTolerance = 0.5 * _options.RelativeTolerance,
            MaxSteps = Math.Max(0, _options.MaxSteps - _startSteps),
            Context = context,
        };
        var alpha = new double[most];
        for (int i = 0; i < most; i++)
            alpha[i] = _alpha[candidates[i]];
        var solver = new DualSolver(options, _points.Gather(candidates), _memory, _total, Gather(candidates)) { _alpha = alpha };
        solver.AddSums(alpha, context);
        var solved = solver.Run();
        _startSteps += solved.Steps;
        for (int i = 0; i < most; i++)
            _alpha[candidates[i]] = solved.Alpha[i];
    }

    private DualSolution Run()
    {
        var context = _options.Context.Part(0.7, 1);
        long steps = _startSteps;
        double first = 0;
        double margin = 1;
        double best = double.PositiveInfinity;
        double[] bestAlpha = _alpha;
        int idle = 0;
        while (true)
        {
            _options.CancellationToken.ThrowIfCancellationRequested();
            var extremes = Extremes.Of(_alpha, _gradient, _bounds);
            double boundary = Math.Abs(extremes.Middle);
            double tolerance = ToleranceAt(boundary);
            double violation = extremes.Violation;
            if (violation <= tolerance)
                return Solution(extremes, steps, converged: true);
            if (first == 0)
                first = violation;
            idle = violation < 0.9 * best ? 0 : idle + 1;
            if (violation < best)
                (best, bestAlpha) = (violation, [.. _alpha]);
            if (idle > MaxIdleRounds || steps >= _options.MaxSteps)
            {
                if (violation > best)
                {
                    _alpha = bestAlpha;
                    AddSums(_alpha, context);
                    extremes = Extremes.Of(_alpha, _gradient, _bounds);
                }

                return Solution(extremes, steps, converged: false);
            }

            int[] active = Active(extremes, margin, out bool all);
            // Where few rows can change, the rest is looked at when these are done; else the choice is made again before it is all done.
            double target = all && active.Length <= _points.Count / 4 ? 0.9 * tolerance : Math.Max(0.9 * tolerance, 0.1 * violation);
            long taken = Optimise(active, target, _options.MaxSteps - steps, value => Report(context, first, value, tolerance));
            if (taken == 0)
                return Solution(extremes, steps, converged: false);
            steps += taken;
            margin *= 1.5;
        }
    }

    /// <summary>The violation that will do where the boundary is about a value.</summary>
    private double ToleranceAt(double boundary)
    {
        double unit = _options.CoefficientUnit;
        double relative = _options.Tolerance * Math.Clamp(boundary, MinBoundary * _options.KernelUnit * unit, unit);
        return Math.Max(Math.Max(relative, Resolution * _options.GreatestKernel * unit), _options.RelativeTolerance * boundary);
    }

    private static void Report(FitContext context, double first, double violation, double tolerance) =>
        context.Report("optimising coefficients", first <= tolerance ? 1 : Math.Log(first / Math.Max(violation, tolerance)) / Math.Log(first / tolerance));

    /// <summary>
    /// Rows between their bounds, and those at a bound whose gradient might make them leave it: the most violating ones, where that is more than can be expected to.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int[] Active(Extremes extremes, double margin, out bool all)
    {
        var keys = new float[_alpha.Length];
        double reach = margin * extremes.Violation;
        int supports = 0;
        int between = 0;
        int bounded = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            supports += _alpha[i] > 0 ? 1 : 0;
            if (IsBetween(i))
            {
                keys[i] = float.PositiveInfinity;
                between++;
                continue;
            }

            double excess = Excess(i, extremes.Middle);
            keys[i] = excess > -reach ? (float)Math.Min(excess, float.MaxValue) : float.NegativeInfinity;
            bounded += excess > -reach ? 1 : 0;
        }

        int most = (int)Math.Min(int.MaxValue, margin * Math.Max(MinActiveRows, supports));
        all = bounded <= most;
        float cut = float.NegativeInfinity;
        int ties = 0;
        if (!all)
        {
            var candidates = new float[bounded];
            int found = 0;
            foreach (float key in keys)
            {
                if (float.IsFinite(key))
                    candidates[found++] = key;
            }

            cut = OrderStatistics.Select(candidates, bounded - most);
            ties = most;
            foreach (float key in candidates.AsSpan(bounded - most))
                ties -= key > cut ? 1 : 0;
        }

        var active = new int[between + Math.Min(bounded, most)];
        int count = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            // Of those that tie at the cut the first ones.
            if (keys[i] > cut || (keys[i] == cut && ties-- > 0))
                active[count++] = i;
        }

        return active;
    }

    /// <summary>How far the gradient of a row at a bound lies beyond the middle, on the side that draws it away from its bound.</summary>
    private double Excess(int row, double middle) => _alpha[row] > 0 ? _gradient[row] - middle : middle - _gradient[row];

    /// <summary>The greatest value of a coefficient.</summary>
    private double Bound(int row) => _bounds is null ? 1 : _bounds[row];

    private bool IsBetween(int row) => _alpha[row] > 0 && _alpha[row] < Bound(row);

    private double[]? Gather(int[] rows) => _bounds is null ? null : Array.ConvertAll(rows, row => _bounds[row]);

    private long Optimise(int[] active, double target, long maxSteps, Action<double> progress)
    {
        var alpha = new double[active.Length];
        var gradient = new double[active.Length];
        for (int i = 0; i < active.Length; i++)
        {
            alpha[i] = _alpha[active[i]];
            gradient[i] = _gradient[active[i]];
        }

        var set = new ActiveSet(_options, _points, active, _memory, alpha, gradient, Gather(active));
        long steps = set.Run(target, maxSteps, progress);
        var changed = new List<int>();
        var changes = new List<double>();
        int supports = 0;
        for (int i = 0; i < active.Length; i++)
        {
            double change = set.Alpha[i] - _alpha[active[i]];
            if (change == 0)
                continue;
            changed.Add(active[i]);
            changes.Add(change);
            _alpha[active[i]] = set.Alpha[i];
        }

        foreach (double value in _alpha)
            supports += value > 0 ? 1 : 0;
        var context = _options.Context.Part(0.7, 1);
        if (active.Length == _points.Count && _options.Function.Kind != SvmKernelKind.Linear)
        {
            set.Gradient.CopyTo(_gradient);
            _drift = double.PositiveInfinity;
        }
        else if (changed.Count < supports && _options.Function.Kind != SvmKernelKind.Linear)
        {
            AddSums([.. changed], [.. changes], add: true, context);
        }
        else
        {
            AddSums(_alpha, context);
        }

        return steps;
    }

    /// <summary>The gradient of coefficients, summed anew.</summary>
    private void AddSums(double[] alpha, FitContext context)
    {
        var rows = new List<int>();
        var weights = new List<double>();
        for (int i = 0; i < alpha.Length; i++)
        {
            if (alpha[i] == 0)
                continue;
            rows.Add(i);
            weights.Add(alpha[i]);
        }

        AddSums([.. rows], [.. weights], add: false, context);
    }

    /// <summary>Sums of kernel values with some rows for all rows, added to their gradients or put in their place.</summary>
    private void AddSums(int[] rows, double[] weights, bool add, FitContext context)
    {
        var kernelSums = new KernelSums(_options.Function, _options.Engine, _points, rows, weights);
        // A fixed amount a pass covers what is added besides the terms.
        _terms = (add ? _terms : 0) + rows.Length + 256;
        _drift = add ? _drift + weights.Sum(Math.Abs) : 0;
        kernelSums.Compute(_points, _gradient, add, context.Threads, share => context.Report("computing gradients", share), context.CancellationToken);
    }

    private static double[] Diagonal(KernelFunction function, ScaledPoints points)
    {
        var diagonal = new double[points.Count];
        for (int i = 0; i < diagonal.Length; i++)
            diagonal[i] = function.OfItself(points.Row(i));
        return diagonal;
    }

    private DualSolution Solution(Extremes extremes, long steps, bool converged)
    {
        // LIBSVM's ρ: the mean gradient of the rows between their bounds, or the middle of where it may lie.
        double free = 0;
        int freeCount = 0;
        double objective = 0;
        for (int i = 0; i < _alpha.Length; i++)
        {
            objective += 0.5 * _alpha[i] * _gradient[i];
            if (IsBetween(i))
            {
                free += _gradient[i];
                freeCount++;
            }
        }

        double rho = freeCount > 0 ? free / freeCount : extremes.Middle;
        return new DualSolution(_total, _alpha, rho, objective, extremes.Violation, steps, converged, _gradient, _drift, _terms);
    }
}
