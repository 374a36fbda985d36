using AnomalyKit.Numerics;
using AnomalyKit.OneClassSvm;
using AnomalyKit.OneClassSvm.Kernels;
using AnomalyKit.OneClassSvm.Solver;

namespace AnomalyKit;

/// <summary>Fits one-class support vector machines: a boundary around the region where the rows are, in the feature space of a kernel.</summary>
/// <remarks>
/// <para>
/// B. Schölkopf et al., <i>Estimating the Support of a High-Dimensional Distribution</i>, Neural Computation 13, 2001, with the optimum of C.-C. Chang, C.-J. Lin, <i>LIBSVM: A
/// Library for Support Vector Machines</i>, 2011: the same dual, the same scaling of coefficients, the same tolerance on the same optimality conditions.
/// </para>
/// <para>
/// Cost: one kernel value for each pair of a row and a support vector, about 2 · columns + 20 operations each, and the optimization. Where kernels are wide there are about νn
/// support vectors and their pass is nearly all the time; where they are so narrow that most rows are support vectors, some passes over all pairs follow. Memory: 8 bytes
/// a cell, 40 bytes per row, and the kernel cache (<see cref="CacheBytes"/>).
/// </para>
/// <para>
/// Kernels compare rows as they are: columns of large values decide alone. So columns are standardized unless another scaling is chosen; where they are correlated,
/// whitening is better still. The fit is not
/// random; it is the same, bit for bit, at any degree of parallelism and with any cache.
/// </para>
/// </remarks>
public sealed record OneClassSvmTrainer : DetectorTrainer<OneClassSvmDetector>
{
    /// <summary>Options with their defaults, <see cref="FeatureScaling.Standard"/> among them: kernels compare rows by distances or products, in which all columns are to count.</summary>
    public OneClassSvmTrainer() => Scaling = FeatureScaling.Standard;

    /// <summary>ν: at most this share of the training rows lie outside the boundary, and at least this share are support vectors.</summary>
    /// <value>
    /// Above 0, at most 1. Where ν·n is at most 1, all solutions are multiples of each other and scores are the same. The default is 0.5, as in LIBSVM and scikit-learn: half of the rows describe the region, as a density estimate of all rows would, so that a few
    /// anomalies among them do not shape it. Time and memory of fits and scores grow with it: 0.01 to 0.1 are choices for many rows. It is not the share of anomalies: see
    /// <see cref="DetectorTrainer{TDetector}.Threshold"/> for that.
    /// </value>
    public double Nu
    {
        get;
        init => field = value is > 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Nu), value, "Nu must be above 0 and at most 1.");
    } = 0.5;

    /// <summary>The kernel and its parameters.</summary>
    /// <value>The default is the radial kernel with γ = 1 / (columns · variance).</value>
    public SvmKernel Kernel
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = SvmKernel.Rbf();

    /// <summary>
    /// The violation of the optimality conditions that is good enough, in the units of LIBSVM's gradients Σ αᵢ K(xᵢ, x): LIBSVM's ε. Where the boundary ρ is below 1, the
    /// tolerance is this fraction of ρ, or of 0.01 where ρ is less (or of 0.01 of the greatest K(x, x), where that is below 1/2).
    /// </summary>
    /// <remarks>Where ν·n is at most 1, all of this is meant for coefficients that sum up to 1: the solution does not depend on how small ν·n is.</remarks>
    /// <value>Above 0, finite; the default is 0.001, LIBSVM's.</value>
    public double Tolerance
    {
        get;
        init => field = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Tolerance), value, "Tolerance must be above 0 and finite.");
    } = 1e-3;

    /// <summary>The most pairs of coefficients that are changed. Null means LIBSVM's limit: 10,000,000, or 100 per row if that is more.</summary>
    /// <value>At least 1, or null (the default). Where it ends a fit, <see cref="OneClassSvmDetector.Converged"/> is false and <see cref="OneClassSvmDetector.KktViolation"/> tells how far it came.</value>
    public long? MaxIterations
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxIterations), value, "MaxIterations must be at least 1, or be null.");
    }

    /// <summary>The most bytes of kernel values that are kept. Null means an eighth of the memory that the process may use, but at most 1 GiB.</summary>
    /// <value>
    /// At least 0, or null (the default). Six rows of kernel values, 24 bytes per training row, are always kept. Changes the time that a fit takes, never its result.
    /// </value>
    public long? CacheBytes
    {
        get;
        init => field = value is null or >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(CacheBytes), value, "CacheBytes must be at least 0, or be null.");
    }

    /// <summary>The landmarks that represent all rows, or null for the exact fit.</summary>
    /// <value>Null by default. For more rows than the exact fit has time for; see <see cref="NystroemApproximation"/> for what it costs.</value>
    public NystroemApproximation? Approximation { get; init; }

    internal VectorWidth Width { get; init; }

    private long ResolvedCacheBytes => CacheBytes ?? Math.Min(1L << 30, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8);

    /// <inheritdoc/>
    /// <remarks>
    /// A row's coefficient may be as great as its weight, in the scaling in which it is otherwise at most 1: C = w / (ν Σw), as in LIBSVM's version for weights of instances. So
    /// whole weights give the machine of the repeated rows, within the tolerance. Gamma's rules and the draw of landmarks count weights too; ν·n is ν times their sum.
    /// </remarks>
    public override bool AcceptsWeights => true;

    /// <inheritdoc/>
    /// <remarks>8 bytes per cell, 40 bytes per row, and the cache as far as kernel values of all pairs would fill it; with landmarks 4 bytes per row and landmark in its place.</remarks>
    public override long EstimateMemory(int rows, int columns) => (8L * rows * columns) + (40L * rows)
        + (Approximation is { } approximation ? 4L * rows * approximation.LandmarkCount : (long)Math.Min(ResolvedCacheBytes, 4.0 * rows * rows));

    /// <inheritdoc/>
    protected override void Validate(FeatureMatrix data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!PointPanels.Fit(data.RowCount, data.ColumnCount))
        {
            throw new ArgumentException(
                $"The data has {data.RowCount} rows of {data.ColumnCount} columns; {nameof(OneClassSvmTrainer)} can fit about {Array.MaxLength} cells. "
                    + "Fit fewer rows, or choose columns with SelectColumns.",
                nameof(data));
        }
    }

    /// <inheritdoc/>
    protected override ModelFit FitDetector(TrainingSet training, FitContext context)
    {
        var rows = PreparedRows.Of(training, Kernel, context.Part(0, 0.1));
        int count = rows.Points.Count;
        var options = new SolverOptions(rows.Function, KernelEngines.Resolve(Width), context.Part(0.1, 1))
        {
            Tolerance = Tolerance,
            CacheBytes = ResolvedCacheBytes,
            MaxSteps = MaxIterations ?? Math.Max(10_000_000, 100L * count),
        };
        var weights = training.Weights.Span;
        double total = Nu * (weights.IsEmpty ? count : FixedSum.Of(weights));
        if (Approximation is not null)
            return FitApproximation(Approximation, training, rows, options, total);
        var solution = DualSolver.Solve(options, rows.Points, total, weights);
        int[] support = [.. Enumerable.Range(0, count).Where(row => solution.Alpha[row] > 0)];
        var model = new OneClassSvmModel(
            rows.Function,
            rows.Origin,
            Transformed(training, support),
            [.. support.Select(row => solution.Alpha[row])],
            support,
            FitSummary.Of(solution),
            solution.Scale);
        var fitted = new FittedSvm(training.Transform, model, Width);
        return new ModelFit(fitted, training.ScoresAreWanted ? ScoresOf(fitted, solution, training, context) : null);
    }

    private ModelFit FitApproximation(
        NystroemApproximation approximation, TrainingSet training, PreparedRows rows, SolverOptions options, double total)
    {
        var features = NystroemFeatures.Choose(approximation, rows.Function, options.Engine, rows.Points, options.CancellationToken, training.HasWeights ? new RowCopies(training.Weights.Span) : null);
        var images = features.Of(options.Context.Part(0, 0.4));
        var linear = new KernelFunction(SvmKernelKind.Linear, 1, 1, 0);
        var solution = DualSolver.Solve(options with { Function = linear, Context = options.Context.Part(0.4, 1) }, images, total, training.Weights.Span);
        var direction = new double[images.Columns];
        for (int row = 0; row < images.Count; row++)
        {
            if (row % 1024 == 0)
                options.CancellationToken.ThrowIfCancellationRequested();
            if (solution.Alpha[row] != 0)
                KernelSums.AddScaled(direction, solution.Alpha[row], images.Row(row));
        }

        var model = new OneClassSvmModel(
            rows.Function, rows.Origin, Transformed(training, features.Landmarks), features.Coefficients(direction), [], FitSummary.Of(solution), solution.Scale);
        return new ModelFit(new FittedSvm(training.Transform, model, Width));
    }

    /// <summary>The scores of the training rows from the solver's gradient, and the few that it leaves in doubt from the model; null where too many are in doubt.</summary>
    private static float[]? ScoresOf(FittedSvm fitted, DualSolution solution, TrainingSet training, FitContext context)
    {
        var scores = new float[training.Raw.RowCount];
        int[]? doubtful = new TrainingScores(solution).Fill(fitted.Model, scores);
        if (doubtful is null || doubtful.Length > scores.Length / 4)
            return null;
        if (doubtful.Length == 0)
            return scores;
        float[] anew = training.Score(fitted, doubtful, context);
        for (int i = 0; i < doubtful.Length; i++)
            scores[doubtful[i]] = anew[i];
        return scores;
    }

    private static float[] Transformed(TrainingSet training, int[] rows)
    {
        int columns = training.Transform.OutputColumns;
        var cells = new float[rows.Length * columns];
        for (int i = 0; i < rows.Length; i++)
        {
            var target = cells.AsSpan(i * columns, columns);
            if (training.Transform.IsIdentity)
                training.Raw.Cells(rows[i]).CopyTo(target);
            else
                training.Transform.Apply(training.Raw.Cells(rows[i]), target);
        }

        return cells;
    }
}
