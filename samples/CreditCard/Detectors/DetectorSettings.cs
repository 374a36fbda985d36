namespace AnomalyKit.Samples.CreditCard.Detectors;

/// <summary>The two sets of options that every detector is run with.</summary>
internal enum DetectorSettings
{
    /// <summary>The parameters of the reference system.</summary>
    Reference,

    /// <summary>Ours, with the threshold at the known fraud rate.</summary>
    Recommended,
}
