namespace AnomalyKit.Samples.CreditCard.Protocols;

/// <summary>The reference system's protocol: rows standardised all together, 50,000 random ones held out.</summary>
/// <remarks>
/// Its scaler has seen the held-out rows. That is a leak, if a mild one, and is kept here because the figures are to be compared with the
/// reference's; the temporal protocol has none.
/// </remarks>
internal sealed class ReferenceProtocol : EvaluationProtocol
{
    /// <summary>The rows of the credit-card set, of which the reference holds out <see cref="HeldOutRows"/>.</summary>
    public const int CreditCardRows = 284_807;

    /// <summary>The held-out rows of the credit-card set.</summary>
    public const int HeldOutRows = 50_000;

    private const uint Seed = 42;

    public override string Name => "reference";

    public override string Description =>
        "The reference system's own split: 50,000 of 284,807 rows held out by NumPy's RandomState(42).permutation, detectors fitted on the other "
        + "rows, frauds included. Reference settings standardise with the mean and deviation of all rows, held-out ones too, as the reference does.";

    public override ProtocolSplit Split(FeatureMatrix data, CancellationToken cancellationToken)
    {
        int[] heldOut = HeldOut(data.RowCount);
        var isHeldOut = new bool[data.RowCount];
        foreach (int row in heldOut)
            isHeldOut[row] = true;
        int[] kept = [.. Enumerable.Range(0, data.RowCount).Where(row => !isHeldOut[row])];
        var scaling = FeatureScaling.Standard.Fit(data, new FitContext(null, cancellationToken));
        return new ProtocolSplit(data.SelectRows(kept), data.SelectRows(heldOut))
        {
            StandardScaling = FeatureScaling.Fitted(scaling),
            MayTrainOnNormalRows = true,
        };
    }

    /// <summary>The held-out rows, in the order in which they are drawn: the reference's share where the data is another.</summary>
    public static int[] HeldOut(int rowCount)
    {
        int count = (int)Math.Round((double)HeldOutRows / CreditCardRows * rowCount);
        return NumPyLegacyPermutation.Create(Seed, rowCount)[..count];
    }
}
