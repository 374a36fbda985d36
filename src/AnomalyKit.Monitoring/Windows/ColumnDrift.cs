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

    /// <summary>The test of the distributions: <c>kolmogorov_smirnov</c> or <c>chi_squared</c>.</summary>
    public required string Test { get; init; }

    /// <summary>The test's statistic: the greatest difference of the distribution functions, or χ².</summary>
    public required double Statistic { get; init; }

    /// <summary>
    /// The p-value of the distributions, above 0 and at most 1, after the error of the sketches was taken off the difference: it is never too small for their sake. 1 without enough data.
    /// </summary>
    public required double PValue { get; init; }

    /// <summary>The natural logarithm of <see cref="PValue"/>: tells far tails apart where it is as small as a number can be.</summary>
    public required double LogPValue { get; init; }

    /// <summary>How large the difference is, from 0 to 1: Kolmogorov and Smirnov's D, or Cramér's V.</summary>
    public required double Effect { get; init; }

    /// <summary>By how much the sketches of both sides may be off, in units of D; 0 where all values were kept.</summary>
    public required double SketchError { get; init; }

    /// <summary>Wasserstein's distance of order 1 in standard deviations of the reference, these taken as at least 0.001; 0 for categories and booleans.</summary>
    public required double Wasserstein { get; init; }

    /// <summary>The population stability index over the reference's tenths, or levels. By convention 0.1 is a shift and 0.25 a large one.</summary>
    public required double StabilityIndex { get; init; }

    /// <summary>The distance of Jensen and Shannon over the same bins, from 0 to 1 (base 2).</summary>
    public required double JensenShannon { get; init; }

    /// <summary>The fraction of missing cells in the reference.</summary>
    public required double ReferenceMissingFraction { get; init; }

    /// <summary>The fraction of missing cells now.</summary>
    public required double CurrentMissingFraction { get; init; }

    /// <summary>The p-value of the two fractions of missing cells.</summary>
    public required double MissingPValue { get; init; }

    /// <summary>The p-value of the column as a whole, adjusted for all columns: <see cref="Status"/> is decided by it and the effects.</summary>
    public required double AdjustedPValue { get; init; }

    /// <summary>How many values of the reference were compared.</summary>
    public required long ReferenceCount { get; init; }

    /// <summary>How many current values were compared.</summary>
    public required long CurrentCount { get; init; }

    /// <summary>Both distributions in the same bins; null where a side has no values.</summary>
    public required DriftHistogram? Histogram { get; init; }

    /// <summary>Name, status and effect.</summary>
    /// <returns>For example <c>amount: drifted, effect 0.31, p 1E-20</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Status}, effect {Effect:G3}, p {PValue:G3}");
}
