using AnomalyKit.Configuration;

namespace AnomalyKit;

/// <summary>How models are watched while they are served.</summary>
public sealed class ModelMonitoringOptions
{
    /// <summary>Whether models are watched; true by default. Models without a profile of their training rows never are.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>One row in so many is looked at; 10 by default. At most 1,024 rows are looked at in a second, whatever the load.</summary>
    public int SampleEvery { get; set; } = 10;

    /// <summary>So many looked-at rows make a full window, which is compared with the training rows; 5,000 by default.</summary>
    public int WindowRows { get; set; } = 5000;

    /// <summary>A window that is as old as this is compared although it is not full, once it has 200 rows or <see cref="WindowRows"/>, whichever is less; one day by default, zero for full windows only, and at most 14 days.</summary>
    public TimeSpan WindowDuration { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The probability, at most, that the monitor of the scores ever detects drift in a stream without any; .01 by default.</summary>
    public double FalseDetectionProbability { get; set; } = 0.01;

    /// <summary>Whether a test martingale follows the stream of scores; true by default. Switch it off if the scores follow the hour of the day: such scores change all the time, and it says so. Windows are compared all the same.</summary>
    public bool WatchesStream { get; set; } = true;

    /// <summary>The fraction of alerts counts as drift once it has grown or shrunk by this factor. At least 1; 1.5 by default (<see cref="DriftOptions.MinAlertRatio"/>).</summary>
    public double MinAlertRatio { get; set; } = 1.5;

    /// <summary>Columns that are not compared and never count as drift, for instance running numbers; none by default. Names are compared ordinally.</summary>
    /// <remarks>They hold for every model that has a column of that name (<see cref="ModelDrift.IgnoredColumns"/>). Models score them as before.</remarks>
    public IList<string> IgnoredColumns { get; } = [];

    /// <summary>Whether the values of columns of dates are compared; false by default, because dates of later rows are later (<see cref="DriftOptions.ComparesDates"/>).</summary>
    public bool ComparesDates { get; set; }

    internal void Validate(Action<string> report)
    {
        if (SampleEvery < 1)
            report($"has SampleEvery {SampleEvery}; it is at least 1.");
        if (WindowRows is < 100 or > 10_000_000)
            report($"has WindowRows {WindowRows}; it is from 100 to 10,000,000.");
        if (WindowDuration < TimeSpan.Zero || WindowDuration > TimeSpan.FromDays(14))
            report($"has WindowDuration {WindowDuration}; it is zero, for full windows only, or at most 14 days.{DurationText.HintOf(WindowDuration)}");
        if (FalseDetectionProbability is not (> 0 and < 1))
            report($"has FalseDetectionProbability {FalseDetectionProbability}; it is between 0 and 1.");
        if (!(MinAlertRatio >= 1 && double.IsFinite(MinAlertRatio)))
            report($"has MinAlertRatio {MinAlertRatio}; it is at least 1.");
        if (IgnoredColumns.Any(string.IsNullOrWhiteSpace))
            report("has a blank name among its IgnoredColumns. Leave it out.");
    }
}
