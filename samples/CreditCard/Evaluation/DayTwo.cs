namespace AnomalyKit.Samples.CreditCard.Evaluation;

/// <summary>What moved between the rows that a detector was fitted on and later ones, and what that does to its alerts.</summary>
/// <param name="Run">The run.</param>
/// <param name="Comparison">Its training rows beside the rows that were scored.</param>
/// <param name="AlertFraction">The fraction of the scored rows that are alerts.</param>
internal sealed record DayTwo(RunResult Run, DriftComparison Comparison, double AlertFraction)
{
    /// <summary>From here on a fraction of alerts says that the threshold no longer holds.</summary>
    private const double Untrusted = 1.0 / 3;

    /// <summary>Whether so few rows are alerts that someone can still look at them.</summary>
    public bool CanBeTrusted => AlertFraction < Untrusted;

    /// <summary>Compares the rows that a run scored with those that its detector remembers.</summary>
    /// <returns>Null where the detector keeps no profile.</returns>
    public static DayTwo? Of(ScoredRun run)
    {
        if (run.Detector.Profile is not { } profile)
            return null;
        var window = new DriftWindow(profile, run.Detector.Threshold);
        window.Add(run.Rows);
        window.AddScores(run.Scores);
        return new DayTwo(run.Result, DriftComparison.Compare(profile, window), (double)window.AlertCount / window.ScoreCount);
    }
}
