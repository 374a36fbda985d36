using AnomalyKit.EllipticEnvelope.Kernels;
using AnomalyKit.Numerics;

namespace AnomalyKit.EllipticEnvelope;

/// <summary>The Minimum Covariance Determinant: the h rows whose covariance has the least determinant, as far as concentration from many starts finds them.</summary>
/// <remarks>
/// P. J. Rousseeuw, <i>Multivariate Estimation with High Breakdown Point</i>, 1985. Starts are concentrated on all rows or, where there are many, on a sample of
/// them; the best then go on over all rows, and the best objective wins.
/// </remarks>
internal sealed class MinimumCovarianceDeterminant
{
    /// <summary>Up to so many rows, or twenty a column, starts see all rows; beyond, a sample of so many.</summary>
    public const int SampleRows = 2000;

    /// <summary>The smallest share of rows, and what follows where such a subset is all but flat.</summary>
    public static readonly double[] SupportLadder = [0.75, 0.9, 0.95, 0.975, 0.99, 1];

    // A subset a thousand times narrower in some direction than all rows are has concentrated on a hyperplane, not on the bulk.
    private const double FlatCondition = 1e6;

    private const int ShortSteps = 2;
    private const int MostStarts = 500;
    private const int LeastStarts = 10;
    private const double StartWork = 9e7;
    private const int MostKept = 30;
    private const int LeastKept = 3;
    private const double KeptCells = 5e6;
    private const double StartTolerance = 1e-7;

    // With few rows steps go on until nothing changes; with very many, until a step gains less than this.
    private const double SampledTolerance = 1e-5;

    // Shares of the subset that are drawn anew around its boundary; wide ones leave the optimum's neighbourhood, narrow ones settle it.
    private static readonly double[] PerturbedShares = [1.0 / 24, 1.0 / 12, 1.0 / 12, 1.0 / 6];
    private const int MostPerturbationRounds = 5;
    private const double LeastPerturbationGain = 1e-3;

    // Samples decide between candidates whose objectives lie further apart than this; all rows between the others.
    private const double CloseCall = 1;

    // Formulas for few rows have reached their limits long before.
    private const int MostCountedRows = 1 << 30;

    private readonly McdOptions _options;
    private readonly FitContext _context;
    private readonly ScatterPass _all;
    private readonly ClassicalEstimate _classical;

    private MinimumCovarianceDeterminant(FeatureMatrix rows, McdOptions options, FitContext context)
    {
        _options = options;
        _context = context;
        context.Report("mean and covariance", 0);
        _all = new ScatterPass(rows, EnvelopeKernels.Resolve(options.Kernel), context.Threads, context.CancellationToken);
        _classical = new ClassicalEstimate(_all);
    }

    /// <summary>Fits; the same result, bit for bit, at any thread count.</summary>
    /// <remarks>
    /// Where weights are whole and their copies few enough for the full search, the copies are laid out: the fit is that of the repeated rows, to the bit. Else starts are
    /// tried on a sample of copies, and the best of them are concentrated on the rows as they count.
    /// </remarks>
    public static McdFit Fit(FeatureMatrix rows, McdOptions options, FitContext context)
    {
        if (!rows.HasWeights)
            return new MinimumCovarianceDeterminant(rows, options, context).Fit();
        var copies = new RowCopies(rows.Weights.Span);
        if (!copies.AreWhole || copies.Total * rows.ColumnCount > KeptCells / LeastKept)
            return new MinimumCovarianceDeterminant(rows, options, context).Fit();
        var owners = new int[copies.Count];
        for (int copy = 0; copy < owners.Length; copy++)
            owners[copy] = copies.RowAt(copy);
        var fit = new MinimumCovarianceDeterminant(rows.SelectRows(owners).WithWeights(default), options, context).Fit();
        var support = new bool[rows.RowCount];
        for (int copy = 0; copy < owners.Length; copy++)
            support[owners[copy]] |= fit.Support[copy];
        return fit with { Support = support, IsWeighted = true };
    }

    /// <summary>h: the wanted share of the rows, at least the (n + p + 1) / 2 of the highest breakdown point.</summary>
    public static int SubsetSize(double fraction, int rows, int rank) =>
        Math.Min(rows, Math.Max((int)Math.Ceiling((fraction * rows) - 1e-9), (int)(((long)rows + rank + 1) / 2)));

    private McdFit Fit()
    {
        double rows = _all.Total;
        if (_classical.Rank == 0 || _classical.Shrinkage > 0 || rows <= _classical.Rank + 1)
            return WithoutConcentration();

        var sample = Sample();
        var starts = Starts(sample);
        double[] ladder = _options.SupportFraction is { } given ? [given] : SupportLadder;
        var passedOver = new List<double>();
        Ellipsoid? flat = null;
        for (int rung = 0; ; rung++)
        {
            bool last = rung == ladder.Length - 1;
            double fraction = ladder[rung];
            var subset = last ? null : Short(sample, starts[0], fraction, _options.MaxSteps).Ellipsoid;
            if (subset is not null && IsFlat(subset))
            {
                passedOver.Add(fraction);
                flat = subset;
                continue;
            }

            var candidates = Candidates(sample, starts, fraction);
            if (last || !IsFlat(candidates[0].Ellipsoid))
            {
                var (support, result) = _all.Rows.HasWeights ? BestWeighted(candidates, fraction) : Best(candidates, fraction, sampled: !ReferenceEquals(sample, _all));
                if (last || !IsFlat(result.Ellipsoid))
                    return Finish(fraction, support, result, passedOver, flat);
            }

            passedOver.Add(fraction);
            flat = candidates[0].Ellipsoid;
        }
    }

    /// <summary>n as formulas take it: the rows, or the whole copies of rows with weights.</summary>
    private int CountedRows => (int)Math.Min(_all.Total, MostCountedRows);

    private bool IsFlat(Ellipsoid ellipsoid)
    {
        if (ellipsoid.Shrinkage > 0)
            return true;
        double[] values = new SymmetricEigen(ellipsoid.RelativeCovariance(), ellipsoid.Classical.Rank, _context.CancellationToken).Values;
        return values[0] > FlatCondition * values[^1];
    }

    private ScatterPass Sample()
    {
        var rows = _all.Rows;
        int size = Math.Max(SampleRows, 20 * _classical.Rank);
        if (rows.HasWeights)
        {
            var copies = new RowCopies(rows.Weights.Span);
            var drawn = new int[Math.Min(size, copies.Count)];
            var random = new CounterRandom(_options.Seed);
            copies.Sample(ref random, drawn);
            Array.Sort(drawn);
            return new ScatterPass(rows.SelectRows(drawn).WithWeights(default), _all.Kernel, _context.Threads, _context.CancellationToken);
        }

        if (rows.RowCount <= size)
            return _all;
        var chosen = new int[size];
        new CounterRandom(_options.Seed).SampleWithoutReplacement(rows.RowCount, chosen);
        Array.Sort(chosen);
        return new ScatterPass(rows.SelectRows(chosen), _all.Kernel, _context.Threads, _context.CancellationToken);
    }

    /// <summary>The classical start, then the deterministic ones, then the random ones.</summary>
    private Ellipsoid[] Starts(ScatterPass sample)
    {
        var all = Ellipsoid.Of(_classical);
        int deterministic = _options.DeterministicStarts ? DetMcdStarts.Count : 0;
        int random = _options.RandomStarts ?? (int)Math.Clamp(
            StartWork / ((double)sample.Rows.RowCount * _classical.Rank * _classical.Rank), LeastStarts, MostStarts);
        var starts = new Ellipsoid[1 + deterministic + random];
        starts[0] = all;
        var alone = Alone(sample);
        var guesses = deterministic > 0 ? new DetMcdStarts(sample, _classical) : null;
        int[] order = [];
        if (random > 0)
        {
            var distances = new double[sample.Rows.RowCount];
            sample.Run(all.Map, 0, distances);
            order = FastMcdStarts.Order(distances);
        }

        _context.Part(0.1, 0.2).ForBlocks("starting points", starts.Length - 1, i => starts[i + 1] = i < deterministic
            ? guesses!.Start(i)
            : FastMcdStarts.Start(alone, _classical, order, _options.Seed, i - deterministic));
        return starts;
    }

    /// <summary>The same rows on the calling thread alone, for work that runs several at a time.</summary>
    private ScatterPass Alone(ScatterPass pass) => new(pass.Rows, pass.Kernel, 1, _context.CancellationToken);

    private ConcentrationResult Short(ScatterPass pass, Ellipsoid start, double fraction, int steps) =>
        new Concentration(Alone(pass), SubsetSize(fraction, pass.Rows.RowCount, _classical.Rank)).Run(start, 0, steps, StartTolerance);

    /// <summary>The best of the starts, concentrated on the sample; best first.</summary>
    private ConcentrationResult[] Candidates(ScatterPass sample, Ellipsoid[] starts, double fraction)
    {
        // As many go on as cost little beside the passes over all rows.
        int kept = (int)Math.Clamp(KeptCells / ((double)_all.Rows.RowCount * _classical.Rank), LeastKept, MostKept);
        var results = new ConcentrationResult[starts.Length];
        _context.Part(0.2, 0.8).ForBlocks(
            "first steps", starts.Length, i => results[i] = Short(sample, starts[i], fraction, Math.Min(ShortSteps, _options.MaxSteps)));
        results = Distinct(results, kept);
        _context.Part(0.8, 0.9).ForBlocks(
            "concentrating", results.Length, i => results[i] = Short(sample, results[i].Ellipsoid, fraction, _options.MaxSteps));
        return Distinct(results, kept);
    }

    /// <summary>Takes the candidates to all rows, and the best one to its end.</summary>
    private (bool[] Support, ConcentrationResult Result) Best(ConcentrationResult[] candidates, double fraction, bool sampled)
    {
        var concentration = new Concentration(_all, SubsetSize(fraction, _all.Rows.RowCount, _classical.Rank));
        var winner = candidates[0];
        if (sampled && candidates.Length > LeastKept)
        {
            // Few enough rows: every candidate goes all the way.
            _context.Part(0.9, 0.95).ForBlocks("concentrating", candidates.Length, i =>
                candidates[i] = Short(_all, candidates[i].Ellipsoid, fraction, _options.MaxSteps));
            winner = Distinct(candidates, 1)[0];
        }
        else if (sampled && candidates.Length > 1 && candidates[1].Ellipsoid.LogDeterminant < winner.Ellipsoid.LogDeterminant + CloseCall)
        {
            var first = concentration.Run(winner.Ellipsoid, winner.Bound, 1, 0);
            var second = concentration.Run(candidates[1].Ellipsoid, candidates[1].Bound, 1, 0);
            winner = second.Ellipsoid.LogDeterminant < first.Ellipsoid.LogDeterminant ? second : first;
        }

        double progress = 0.95;
        bool many = (double)_all.Rows.RowCount * _classical.Rank > KeptCells / LeastKept;
        var result = concentration.Run(winner.Ellipsoid, winner.Bound, _options.MaxSteps, many ? SampledTolerance : 0, _ =>
        {
            progress += 0.2 * (1 - progress);
            _context.Report("concentrating", progress);
        });
        if (many)
            return (concentration.Support, result);
        new Exchange(_all).Run(result.Ellipsoid, concentration.Support);
        return Perturbed(concentration.Support, result with { Ellipsoid = OfSupport(concentration.Support) }, fraction);
    }

    /// <summary>Takes the candidates a few steps over all rows as they count, and the best one to its end.</summary>
    private (bool[] Support, ConcentrationResult Result) BestWeighted(ConcentrationResult[] candidates, double fraction)
    {
        // Of what the weights add up to beyond whole copies the same share.
        double size = SubsetSize(fraction, CountedRows, _classical.Rank) + (fraction * (_all.Total - CountedRows));
        var concentration = new WeightedConcentration(_all, Math.Min(size, _all.Total));
        var best = Distinct([.. candidates.Select(candidate => concentration.Run(candidate.Ellipsoid, Math.Min(ShortSteps, _options.MaxSteps), 0))], 1)[0];
        bool many = (double)_all.Rows.RowCount * _classical.Rank > KeptCells / LeastKept;
        var result = concentration.Run(best.Ellipsoid, _options.MaxSteps, many ? SampledTolerance : 0);
        return (concentration.Support(), result);
    }

    /// <summary>Goes on from perturbations of the best subset, until a round of them gains next to nothing.</summary>
    private (bool[] Support, ConcentrationResult Result) Perturbed(bool[] support, ConcentrationResult result, double fraction)
    {
        if (_options.RandomStarts == 0)
            return (support, result);
        int size = SubsetSize(fraction, support.Length, _classical.Rank);
        var distances = new double[support.Length];
        var found = new (bool[] Support, ConcentrationResult Result)[PerturbedShares.Length];
        double gain = double.PositiveInfinity;
        for (int round = 0; round < MostPerturbationRounds && gain > LeastPerturbationGain && result.Ellipsoid.Shrinkage == 0; round++)
        {
            _all.Run(result.Ellipsoid.Map, 0, distances);
            int[] order = FastMcdStarts.Order(distances);
            var from = result;
            _context.Part(0.97, 1).ForBlocks("perturbing", found.Length, i => found[i] = Continue(
                from, Perturbation.Draw(order, size, (int)(size * PerturbedShares[i]), _options.Seed, (round * found.Length) + i), size));
            var best = found.MinBy(candidate => candidate.Result.Ellipsoid.LogDeterminant);
            gain = result.Ellipsoid.LogDeterminant - best.Result.Ellipsoid.LogDeterminant;
            if (gain > LeastPerturbationGain)
                (support, result) = best;
        }

        return (support, result with { Ellipsoid = OfSupport(support) });
    }

    /// <summary>Concentrates from given rows on, on the calling thread.</summary>
    private (bool[] Support, ConcentrationResult Result) Continue(ConcentrationResult from, int[] rows, int size)
    {
        var pass = Alone(_all);
        var concentration = new Concentration(pass, size);
        var start = from.Ellipsoid.From(pass.Of(from.Ellipsoid.Map, rows));
        var result = concentration.Run(start, from.Bound, _options.MaxSteps, 0);
        return (concentration.Support, result with { Ellipsoid = new Exchange(pass).Run(result.Ellipsoid, concentration.Support) });
    }

    /// <summary>The ellipsoid as a function of its rows alone: the same bits whichever start led there.</summary>
    private Ellipsoid OfSupport(bool[] support)
    {
        int[] rows = [.. Enumerable.Range(0, support.Length).Where(row => support[row])];
        var all = Ellipsoid.Of(_classical);
        var rough = all.From(_all.Of(all.Map, rows));
        return rough.From(_all.Of(rough.Map, rows));
    }

    /// <summary>The best results, best first, those of equal objective once.</summary>
    private static ConcentrationResult[] Distinct(ConcentrationResult[] results, int count)
    {
        var chosen = new List<ConcentrationResult>();
        foreach (var result in results.OrderBy(result => result.Ellipsoid.LogDeterminant))
        {
            if (chosen.Count > 0 && Math.Abs(result.Ellipsoid.LogDeterminant - chosen[^1].Ellipsoid.LogDeterminant) < 1e-6)
                continue;
            chosen.Add(result);
            if (chosen.Count == count)
                break;
        }

        return [.. chosen];
    }

    private McdFit WithoutConcentration()
    {
        var support = new bool[_all.Rows.RowCount];
        Array.Fill(support, true);
        var ellipsoid = Ellipsoid.Of(_classical);
        return new McdFit
        {
            Classical = _classical,
            Relations = RelationFit.Of(_classical, _all),
            Ellipsoid = ellipsoid,
            Correction = 1,
            Support = support,
            RowCount = CountedRows,
            IsWeighted = _all.Rows.HasWeights,
            SubsetSize = CountedRows,
            Law = _classical.Shrinkage > 0 ? ScoreLaw.ChiSquared(_classical.Rank) : ScoreLaw.Raw(_classical.Rank, CountedRows, CountedRows),
            LogDeterminant = ellipsoid.LogDeterminant,
            Shrinkage = _classical.Shrinkage,
            Dimension = Math.Min(_classical.Rank, CountedRows - 1),
            Objectives = [ellipsoid.LogDeterminant],
        };
    }

    private McdFit Finish(double fraction, bool[] support, ConcentrationResult result, List<double> passedOver, Ellipsoid? flat)
    {
        int rows = CountedRows;
        int rank = _classical.Rank;
        int size = SubsetSize(fraction, rows, rank);
        double share = (double)size / rows;
        double correction = Consistency.Factor(share, rank) * Consistency.SmallSample(share, rows, rank);
        var ellipsoid = result.Ellipsoid;
        var law = ellipsoid.Shrinkage > 0 ? ScoreLaw.ChiSquared(rank) : ScoreLaw.Raw(rank, size, rows);
        if (_options.Reweighted)
        {
            (ellipsoid, correction, bool changed) = Reweight(ellipsoid, correction, support);
            if (changed && result.Ellipsoid.Shrinkage == 0)
                law = ScoreLaw.Reweighted(law, size, rows, correction);
        }

        return new McdFit
        {
            Classical = _classical,
            Relations = RelationFit.Of(_classical, _all),
            Ellipsoid = ellipsoid,
            Correction = correction,
            Support = support,
            RowCount = rows,
            IsWeighted = _all.Rows.HasWeights,
            SubsetSize = size,
            Law = law,
            LogDeterminant = result.Ellipsoid.LogDeterminant,
            Shrinkage = result.Ellipsoid.Shrinkage,
            Dimension = result.Ellipsoid.Dimension,
            Objectives = result.Objectives,
            PassedOver = passedOver,
            PassedOverEllipsoid = passedOver.Count > 0 ? flat : null,
        };
    }

    /// <summary>Mean and covariance of all rows within the 97.5 % quantile of the χ² distribution (Rousseeuw and Van Driessen 1999, section 4).</summary>
    private (Ellipsoid Ellipsoid, double Correction, bool Changed) Reweight(Ellipsoid ellipsoid, double correction, bool[] support)
    {
        double bound = ChiSquared.Quantile(ScoreLaw.ReweightedShare, _classical.Rank) * correction;
        var distances = new double[support.Length];
        var scatter = _all.Run(ellipsoid.Map, bound, distances);
        if (scatter.Count <= _classical.Rank + 1)
            return (ellipsoid, correction, false);
        for (int row = 0; row < support.Length; row++)
            support[row] = distances[row] < bound;
        return (ellipsoid.From(scatter), scatter.Count == _all.Total ? 1 : Consistency.Factor(ScoreLaw.ReweightedShare, _classical.Rank), true);
    }
}
