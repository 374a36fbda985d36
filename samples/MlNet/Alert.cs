namespace AnomalyKit.Samples.MlNet;

/// <summary>What the detector says of a payment.</summary>
internal sealed class Alert
{
    public float Score { get; set; }

    public bool PredictedLabel { get; set; }

    public float PValue { get; set; }
}
