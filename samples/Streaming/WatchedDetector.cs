namespace AnomalyKit.Samples.Streaming;

/// <summary>A detector, and the monitor that notices when the stream is no longer what the detector was fitted on.</summary>
internal sealed record WatchedDetector(TableDetector Detector, ColumnMonitor Monitor)
{
    private static readonly TableTrainer Trainer = new(new IsolationForestTrainer { Seed = 7, Threshold = ThresholdRule.Contamination(0.002) });

    /// <summary>The columns that have drifted.</summary>
    public IEnumerable<string> DriftedColumns => Monitor.ColumnNames.Where((_, column) => Monitor.DetectedAt(column) is not null);

    /// <summary>Fits a detector. Every fifth payment is set aside: these are what the monitor compares the stream with.</summary>
    public static WatchedDetector Fit(IEnumerable<Payment> payments)
    {
        var parts = payments.ToLookup(payment => payment.Id % 5 == 0);
        var detector = Trainer.Fit(Payment.Table.Read(parts[false]));
        var reference = detector.Preparation.Apply(Payment.Table.Read(parts[true]));
        return new WatchedDetector(detector, new ColumnMonitor(reference));
    }

    /// <summary>Shows the monitor new rows.</summary>
    /// <returns>Whether they are the ones by which drift shows.</returns>
    public bool NoticesDrift(FeatureTable rows) => Monitor.UpdateAll(Detector.Preparation.Apply(rows)) > 0;
}
