namespace AnomalyKit.Samples.CreditCard.Evaluation;

/// <summary>What one detector with one of its settings reached under one protocol.</summary>
internal sealed record RunResult
{
    public required string Protocol { get; init; }

    public required string Detector { get; init; }

    /// <summary><c>reference</c> or <c>recommended</c>.</summary>
    public required string Settings { get; init; }

    /// <summary>The options in a line.</summary>
    public required string SettingsText { get; init; }

    /// <summary>Whether the threshold was set with the known fraud rate.</summary>
    public required bool UsesKnownFraudRate { get; init; }

    public required int TrainRows { get; init; }

    public required int TestRows { get; init; }

    /// <summary>Wall-clock seconds of the fit, the finding of the threshold included.</summary>
    public required double FitSeconds { get; init; }

    /// <summary>Wall-clock seconds of scoring the test rows.</summary>
    public required double ScoreSeconds { get; init; }

    public required double RocAuc { get; init; }

    public required double AveragePrecision { get; init; }

    /// <summary>F1 at the threshold that is best on the test labels: optimistic, for no one knows it beforehand.</summary>
    public required double BestF1 { get; init; }

    public required double Threshold { get; init; }

    /// <summary>The counts at <see cref="Threshold"/>.</summary>
    public required ConfusionMatrix Confusion { get; init; }

    public double RowsPerSecond => TestRows / ScoreSeconds;

    /// <summary>Where files of this run lie: in its detector's folder, by protocol and settings.</summary>
    public string FileStem => $"{Detector}/{Protocol}-{Settings}";
}
