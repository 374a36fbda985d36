namespace AnomalyKit.Samples.CreditCard.Protocols;

/// <summary>Outlier detection in a closed set: fitted on all rows, unlabeled, and the same rows scored.</summary>
internal sealed class AllRowsProtocol : EvaluationProtocol
{
    public override string Name => "all-rows";

    public override string Description =>
        "Fitted on all rows without labels, and the same rows scored: which rows of this file are odd? No row is unseen, so no figure of this protocol "
        + "is an estimate for new rows.";

    public override ProtocolSplit Split(FeatureMatrix data, CancellationToken cancellationToken) => new(data, data);
}
