using AnomalyKit.Monitoring.Windows;

namespace AnomalyKit;

/// <summary>How one column, or the scores, differ between two windows. No number here is ever NaN or infinite.</summary>
public sealed class ColumnDrift
{
    internal ColumnDrift()
    {
    }

    /// <summary>The column's name; <c>score</c> for the scores.</summary>
    public required string Name { get; init; }

    /// <summary>What its cells are.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>What the comparison says.</summary>
    public required DriftStatus Status { get; init; }

    /// <summary>Whether <see cref="Status"/> is <see cref="DriftStatus.Drifted"/>.</summary>
    public bool IsDrifted => Status == DriftStatus.Drifted;

    /// <summary>Why the values were not compared, in words; null where they were.</summary>
    /// <value><c>ignored</c> for <see cref="DriftOptions.IgnoredColumns"/>, <c>dates move on by themselves</c> for dates without <see cref="DriftOptions.ComparesDates"/>.</value>
    /// <remarks>p-values are then 1, and the statistic, the effect and all distances are 0. Missing cells of dates are compared nevertheless: where these have drifted, <see cref="Status"/> is <see cref="DriftStatus.Drifted"/>.</remarks>
    public string? NotComparedReason { get; init; }

    /// <summary>The test of the distributions: <c>kolmogorov_smirnov</c> or <c>chi_squared</c>.</summary>
    public required string Test { get; init; }

    /// <summary>The test's statistic: the greatest difference of the distribution functions, or χ².</summary>
    public required double Statistic { get; init; }

    /// <summary>
    /// The p-value of the distributions, above 0 and at most 1, after <see cref="SketchError"/> was taken off the difference. 1 without enough data. The error of a profile's sketches is certain. That of a
    /// window of more than 7,168 values is a bound that holds with a probability of 99 %: in the other cases, the p-value may be too small.
    /// </summary>
    public required double PValue { get; init; }

    /// <summary>The natural logarithm of <see cref="PValue"/>: tells far tails apart where it is as small as a number can be.</summary>
    public required double LogPValue { get; init; }

    /// <summary>How large the difference is, from 0 to 1: Kolmogorov and Smirnov's D, or Cramér's V with Bergsma's correction for its bias.</summary>
    public required double Effect { get; init; }

    /// <summary>By how much the sketches of both sides may be off, in units of D; 0 where all values were kept. See <see cref="QuantileSketch.RankError"/>.</summary>
    public required double SketchError { get; init; }

    /// <summary>Wasserstein's distance of order 1 in standard deviations of the reference, these taken as at least 0.001; 0 for categories and booleans.</summary>
    public required double Wasserstein { get; init; }

    /// <summary>The population stability index over the reference's tenths, or levels. By convention 0.1 is a shift and 0.25 a large one.</summary>
    public required double StabilityIndex { get; init; }

    /// <summary>The distance of Jensen and Shannon over the same bins, from 0 to 1 (base 2).</summary>
    public required double JensenShannon { get; init; }

    /// <summary>The fraction of missing cells in the reference.</summary>
    public required double ReferenceMissingFraction { get; init; }

    /// <summary>The fraction of missing cells now; 0 for a column that the window ignored, whose cells were not counted.</summary>
    public required double CurrentMissingFraction { get; init; }

    /// <summary>The p-value of the two fractions of missing cells.</summary>
    public required double MissingPValue { get; init; }

    /// <summary>The p-value of the column as a whole, adjusted for all columns: that of the values or of the missing cells, whichever is smaller, doubled where cells are missing on either side.</summary>
    /// <remarks><see cref="Status"/> is decided by each of the two p-values with the same adjustment, and by its own effect.</remarks>
    public required double AdjustedPValue { get; init; }

    /// <summary>How many values of the reference were compared.</summary>
    public required long ReferenceCount { get; init; }

    /// <summary>How many current values were compared.</summary>
    public required long CurrentCount { get; init; }

    /// <summary>Both distributions in the same bins; null where a side has no values.</summary>
    public required DriftHistogram? Histogram { get; init; }

    /// <summary>Where the values of the reference lie; null for categories and booleans, and where there are no values.</summary>
    public ColumnQuantiles? ReferenceQuantiles { get; init; }

    /// <summary>Where the current values lie; null for categories and booleans, and where there are no values.</summary>
    public ColumnQuantiles? CurrentQuantiles { get; init; }

    /// <summary>How far the column moved in its own unit: the medians, the level whose fraction changed most, or the missing cells where these drifted. Empty where a side has no values.</summary>
    /// <value>For example <c>median 41.2 → 52.7</c>, <c>card 60 % → 41 %</c> or <c>missing 0 % → 12 %</c>; <c>median about 41.2 → 52.7</c> where the reference is a sample of its rows.</value>
    public string Change => ColumnShift.Text(this);

    /// <summary>Whether the missing cells drifted rather than the values: <see cref="MissingEffect"/> and <see cref="MissingPValue"/> then say how far, not <see cref="Effect"/> and <see cref="PValue"/>.</summary>
    public bool IsMissingDrift => IsDrifted && IsDecidedByMissing;

    /// <summary>How far the fraction of missing cells is from that of the reference, from 0 to 1.</summary>
    public double MissingEffect => Math.Abs(CurrentMissingFraction - ReferenceMissingFraction);

    /// <summary>How large the difference is that <see cref="Status"/> tells of: <see cref="MissingEffect"/> if the missing cells drifted, else <see cref="Effect"/>.</summary>
    public double DriftEffect => IsMissingDrift ? MissingEffect : Effect;

    /// <summary>Its p-value, not adjusted: <see cref="MissingPValue"/> if the missing cells drifted, else <see cref="PValue"/>.</summary>
    public double DriftPValue => IsMissingDrift ? MissingPValue : PValue;

    /// <summary>
    /// Whether the column moved for certain, but too little to count: its values or its missing cells differ at the adjusted level, and the effect is below <see cref="DriftOptions.MinEffect"/>, or the
    /// change below <see cref="DriftOptions.MinMissingChange"/>. Never true of a column that drifted.
    /// </summary>
    public bool IsSmallChange { get; internal init; }

    /// <summary>Whether missing cells were counted on both sides. They were not in a column that a window ignored (<see cref="DriftWindow.IgnoredColumns"/>): its fraction of missing cells is then not known, and is 0 here.</summary>
    public bool IsMissingCounted => IsReferenceCounted && IsCurrentCounted;

    /// <summary>Whether the small change is one of the missing cells alone.</summary>
    internal bool IsSmallMissingChange { get; init; }

    /// <summary>Whether the values of the reference are those of a part of its rows.</summary>
    internal bool IsReferenceSampled { get; init; }

    /// <summary>Whether the missing cells of the reference were counted.</summary>
    internal bool IsReferenceCounted { get; init; } = true;

    /// <summary>Whether the current missing cells were counted.</summary>
    internal bool IsCurrentCounted { get; init; } = true;

    /// <summary>Whether the missing cells drifted rather than the values; where neither did, whether they differ more clearly.</summary>
    internal bool IsDecidedByMissing { get; init; }

    /// <summary>Name, status, effect, p-value and <see cref="Change"/>: of the missing cells if these drifted, else of the values.</summary>
    /// <returns>For example <c>amount: Drifted, effect 0.31, p 1E-20, median 41.2 → 52.7</c>, or <c>booked_at: NotCompared (dates move on by themselves), median 2026-10-15 08:30 → 2026-11-02 09:10</c>.</returns>
    public override string ToString()
    {
        string change = Change.Length > 0 ? ", " + Change : string.Empty;
        return NotComparedReason is { } reason
            ? $"{Name}: {Status} ({reason}){change}"
            : FormattableString.Invariant($"{Name}: {Status}, effect {DriftEffect:G3}, p {ProbabilityText(DriftPValue)}{change}");

        static string ProbabilityText(double p) => p < 1e-300 ? "< 1e-300" : p.ToString("G3", System.Globalization.CultureInfo.InvariantCulture);
    }
}
