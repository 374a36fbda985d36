namespace AnomalyKit.Samples.CreditCard.Detectors;

/// <summary>Which training rows a detector is fitted on.</summary>
internal enum TrainingRows
{
    /// <summary>All of them, frauds included, labels unseen.</summary>
    All,

    /// <summary>Those labelled normal where the protocol allows it (the reference trains its autoencoder so), else all.</summary>
    NormalWhereAllowed,
}
