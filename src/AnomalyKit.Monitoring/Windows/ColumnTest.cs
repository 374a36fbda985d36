using AnomalyKit.Monitoring.Statistics;

namespace AnomalyKit.Monitoring.Windows;

/// <summary>The tests of one column, before they are adjusted for the others.</summary>
internal sealed class ColumnTest
{
    /// <summary>What the levels are called that are not counted one by one.</summary>
    public const string OtherLevels = "(other)";

    private readonly ColumnSummary _reference;
    private readonly ColumnSummary _current;
    private readonly bool _hasEnough;
    private readonly bool _hasEnoughRows;
    private readonly string? _notCompared;

    /// <param name="reference">The rows before.</param>
    /// <param name="current">The rows now.</param>
    /// <param name="options">What counts.</param>
    /// <param name="isIgnored">Whether neither values nor missing cells are compared.</param>
    public ColumnTest(ColumnSummary reference, ColumnSummary current, DriftOptions options, bool isIgnored = false)
    {
        _reference = reference;
        _current = current;
        if (isIgnored)
        {
            _notCompared = "ignored";
            return;
        }

        if (reference.Kind == ColumnKind.DateTime && !options.ComparesDates)
            _notCompared = "dates move on by themselves";
        _hasEnough = Math.Min(reference.PresentCount, current.PresentCount) >= options.MinCount;
        _hasEnoughRows = Math.Min(reference.RowCount, current.RowCount) >= options.MinCount;
        if (Math.Min(reference.PresentCount, current.PresentCount) > 0)
        {
            if (_notCompared is not null)
                Histogram = NumberBins.Histogram(reference.Sketch!, current.Sketch!);
            else if (reference.Sketch is not null)
                TestNumbers(reference.Sketch, current.Sketch!);
            else
                TestLevels();
        }

        if (!_hasEnough)
            LogP = LogPWithoutError = 0;
        double missing = _hasEnoughRows && reference.MissingCount + current.MissingCount > 0
            ? Proportions.LogPValue(reference.MissingCount, reference.RowCount, current.MissingCount, current.RowCount)
            : 0;
        LogMissing = missing;
        MayBeMissing = reference.MissingCount + current.MissingCount > 0;
    }

    public double LogMissing { get; }

    /// <summary>The p-value of the column as a whole: of two tests, where cells are missing, the smaller one, doubled.</summary>
    public double LogColumn => Combined(LogP);

    /// <summary>Whether there is anything to test, so that the others are adjusted for it.</summary>
    public bool IsTest => _notCompared is null || MayBeMissing;

    private bool MayBeMissing { get; }

    private double LogP { get; set; }

    private double LogPWithoutError { get; set; }

    private double Statistic { get; set; }

    private double Effect { get; set; }

    private double SketchError { get; set; }

    private double Wasserstein { get; set; }

    private double StabilityIndex { get; set; }

    private double JensenShannon { get; set; }

    private DriftHistogram? Histogram { get; set; }

    /// <param name="logAdjusted">The logarithm of the column's adjusted p-value.</param>
    /// <param name="options">What counts.</param>
    public ColumnDrift Result(double logAdjusted, DriftOptions options)
    {
        var verdict = VerdictAt(logAdjusted, options);
        return new()
        {
            Name = _reference.Name,
            Kind = _reference.Kind,
            Status = verdict.Status,
            NotComparedReason = _notCompared,
            IsDecidedByMissing = verdict.IsDecidedByMissing,
            IsSmallChange = verdict.HasSmallShift || verdict.HasSmallLoss,
            IsSmallMissingChange = verdict is { HasSmallShift: false, HasSmallLoss: true },
            IsReferenceSampled = _reference.IsSampled,
            IsReferenceCounted = _reference.IsCounted,
            IsCurrentCounted = _current.IsCounted,
            ReferenceQuantiles = QuantilesOf(_reference),
            CurrentQuantiles = QuantilesOf(_current),
            Test = _reference.Sketch is null ? "chi_squared" : "kolmogorov_smirnov",
            Statistic = Statistic,
            PValue = PValueOf(LogP),
            LogPValue = LogP,
            Effect = Effect,
            SketchError = SketchError,
            Wasserstein = Wasserstein,
            StabilityIndex = StabilityIndex,
            JensenShannon = JensenShannon,
            ReferenceMissingFraction = _reference.MissingFraction,
            CurrentMissingFraction = _current.MissingFraction,
            MissingPValue = PValueOf(LogMissing),
            AdjustedPValue = PValueOf(logAdjusted),
            ReferenceCount = _reference.PresentCount,
            CurrentCount = _current.PresentCount,
            Histogram = Histogram,
        };
    }

    /// <summary>Never 0: what is smaller than any number is the smallest one.</summary>
    public static double PValueOf(double log) => Math.Clamp(Math.Exp(log), double.Epsilon, 1);

    private static ColumnQuantiles? QuantilesOf(ColumnSummary side) => side.Sketch is { Count: > 0 } sketch ? new ColumnQuantiles(sketch) : null;

    // Where values are not compared, the missing cells are the only test.
    private double Combined(double log) => _notCompared is not null ? LogMissing : Doubled(Math.Min(log, MayBeMissing ? LogMissing : 0));

    /// <summary>The p-value of one of the column's tests: doubled where there are two.</summary>
    private double Doubled(double log) => _notCompared is null && MayBeMissing ? Math.Min(0, log + Math.Log(2)) : log;

    /// <summary>Each of the two tests is judged by its own p-value and its own effect: a change of one must not hide that of the other.</summary>
    private ColumnVerdict VerdictAt(double logAdjusted, DriftOptions options)
    {
        double level = Math.Log(options.WindowLevel);
        // The adjustment of the others is that of this one, near enough: it is a factor between 1 and their number.
        double adjustment = logAdjusted - LogColumn;
        bool isLarge = _notCompared is null && Effect >= options.MinEffect;
        bool matters = isLarge && IsSignificant(LogP);
        bool isManyLost = Math.Abs(_reference.MissingFraction - _current.MissingFraction) >= options.MinMissingChange;
        bool isLost = isManyLost && IsSignificant(LogMissing);
        if (matters || isLost)
            return new(DriftStatus.Drifted, isLost && (!matters || LogMissing < LogP), false, false);
        return new(_notCompared is not null ? DriftStatus.NotCompared
            : !_hasEnough ? DriftStatus.NotEnoughData
            : isLarge && IsSignificant(LogPWithoutError) ? DriftStatus.NotResolvable
            : DriftStatus.Stable,
            LogMissing < LogP,
            _notCompared is null && _hasEnough && !isLarge && IsSignificant(LogP),
            !isManyLost && IsSignificant(LogMissing));

        bool IsSignificant(double log) => Doubled(log) + adjustment <= level;
    }

    private void TestNumbers(QuantileSketch reference, QuantileSketch current)
    {
        var steps = new TwoSteps(reference, current);
        SketchError = Math.Min(1, reference.RankError + current.RankError);
        (Statistic, Effect) = (steps.Distance, steps.Distance);
        LogPWithoutError = KolmogorovSmirnov.LogPValue(steps);
        LogP = SketchError == 0 ? LogPWithoutError : KolmogorovSmirnov.LogLimit(steps.CountA, steps.CountB, Math.Max(0, steps.Distance - SketchError));
        Wasserstein = Math.Min(double.MaxValue, steps.Area / Math.Max(Spread.Of(reference), Spread.Floor));
        var (a, b) = NumberBins.Tenths(reference, current);
        (StabilityIndex, JensenShannon) = (Divergence.StabilityIndex(a, b), Divergence.JensenShannon(a, b));
        Histogram = _reference.AreScores ? NumberBins.OfScores(reference, current) : NumberBins.Histogram(reference, current);
    }

    private void TestLevels()
    {
        string[] levels = [.. _reference.Levels.OrderByDescending(level => level.Value).ThenBy(level => level.Key, StringComparer.Ordinal).Select(level => level.Key)];
        double[] a = [.. levels.Select(level => (double)_reference.Levels[level]), _reference.OtherCount];
        double[] b = [.. levels.Select(level => (double)_current.Levels.GetValueOrDefault(level)), _current.OtherCount];
        var test = Homogeneity.Test(a.AsSpan(..^1), b.AsSpan(..^1), a[^1], b[^1]);
        (Statistic, LogP, Effect) = test;
        if (_reference.HasFoundLevels && UnlistedLevels.Test(a.AsSpan(..^1), a[^1], b[^1], b.Sum()) is { } more)
            (LogP, Effect) = (Math.Min(0, Math.Min(LogP, more.LogPValue) + Math.Log(2)), Math.Max(Effect, more.Effect));
        LogPWithoutError = LogP;
        (StabilityIndex, JensenShannon) = (Divergence.StabilityIndex(a, b), Divergence.JensenShannon(a, b));
        Histogram = new DriftHistogram(
            [.. levels, .. a[^1] + b[^1] > 0 ? (string[])[OtherLevels] : []],
            [],
            [.. a.Take(levels.Length + (a[^1] + b[^1] > 0 ? 1 : 0)).Select(count => count / _reference.PresentCount)],
            [.. b.Take(levels.Length + (a[^1] + b[^1] > 0 ? 1 : 0)).Select(count => count / _current.PresentCount)]);
    }
}
