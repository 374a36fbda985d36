namespace AnomalyKit.Samples.CreditCard.Protocols;

/// <summary>The past teaches, the future is scored: the first half of the file, which is in time order, and the second.</summary>
internal sealed class TemporalProtocol : EvaluationProtocol
{
    public override string Name => "temporal";

    public override string Description =>
        "Fitted on the first half of the rows by time, thresholds set there, measured on the second half. Nothing of the second half, not even its "
        + "mean, is known when it is scored: what a detector that goes into service would meet.";

    public override ProtocolSplit Split(FeatureMatrix data, CancellationToken cancellationToken)
    {
        int half = data.RowCount / 2;
        return new ProtocolSplit(data.Slice(0, half), data.Slice(half, data.RowCount - half));
    }
}
