using AnomalyKit.Monitoring.Windows;

namespace AnomalyKit;

/// <summary>When a difference counts as drift. The defaults suit windows of a few hundred rows and more.</summary>
public sealed record DriftOptions
{
    /// <summary>The level: the probability that anything is called drifted in a window although nothing moved, for the columns together. Above 0 and below 1; 0.05 by default.</summary>
    /// <remarks>Scores and the fraction of alerts are one further test each, at the same level.</remarks>
    public double Level { get; init => field = Within(value, double.Epsilon, 1 - 1e-9, nameof(Level)); } = 0.05;

    /// <summary>How p-values are adjusted for the number of columns; <see cref="DriftCorrection.Holm"/> by default.</summary>
    public DriftCorrection Correction { get; init; } = DriftCorrection.Holm;

    /// <summary>
    /// The number of the window in a series, from 1; null (the default) for a window on its own. The level of window t is then <see cref="Level"/> / (t (t + 1)): these add up to
    /// <see cref="Level"/>, so that with Holm's correction the probability of any false drift stays below it over all columns and all time.
    /// </summary>
    public int? WindowNumber
    {
        get;
        init
        {
            if (value is { } number)
                ArgumentOutOfRangeException.ThrowIfLessThan(number, 1, nameof(WindowNumber));
            field = value;
        }
    }

    /// <summary>The fewest values on each side; with fewer the answer is <see cref="DriftStatus.NotEnoughData"/>. At least 2; 30 by default.</summary>
    public int MinCount
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 2, nameof(MinCount));
            field = value;
        }
    } = 30;

    /// <summary>The least effect of a column or of the scores that counts: the greatest difference of the distribution functions, or Cramér's V with Bergsma's correction for its bias. From 0 to 1; 0.1 by default.</summary>
    public double MinEffect { get; init => field = Within(value, 0, 1, nameof(MinEffect)); } = 0.1;

    /// <summary>The least change of the fraction of missing cells that counts, from 0 to 1; 0.02 by default.</summary>
    public double MinMissingChange { get; init => field = Within(value, 0, 1, nameof(MinMissingChange)); } = 0.02;

    /// <summary>The least ratio, one way or the other, of the fractions of alerts that counts. At least 1; 1.5 by default.</summary>
    public double MinAlertRatio { get; init => field = Within(value, 1, double.MaxValue, nameof(MinAlertRatio)); } = 1.5;

    /// <summary>Columns that are not compared and never count, for instance running numbers; none by default. Names are compared ordinally.</summary>
    /// <value>Names of columns of the profile; a comparison refuses any other name.</value>
    /// <remarks>
    /// Their status is <see cref="DriftStatus.NotCompared"/>, and p-values are not adjusted for them. The detector still uses them: scores and alerts count as before. A window that should take tables
    /// without these columns needs to know them, too (<see cref="DriftWindow.IgnoredColumns"/>); <see cref="TableDetectorDrift.CompareDrift"/> tells it.
    /// </remarks>
    public IReadOnlyList<string> IgnoredColumns { get; init => field = new NameList(value, nameof(IgnoredColumns)); } = NameList.Empty;

    /// <summary>Whether the values of columns of dates are compared; false by default.</summary>
    /// <remarks>
    /// Later rows have later dates, so the dates of new rows nearly always differ from those of the training rows. Set it where dates should not move on by themselves, for instance dates of birth.
    /// Missing dates are compared in any case.
    /// </remarks>
    public bool ComparesDates { get; init; }

    /// <summary>The level that is spent on this window.</summary>
    internal double WindowLevel => WindowNumber is { } t ? Level / t / (t + 1.0) : Level;

    private static double Within(double value, double least, double most, string option) => value >= least && value <= most
        ? value
        : throw new ArgumentOutOfRangeException(option, value, FormattableString.Invariant($"{option} must lie between {least} and {most}."));
}
