namespace AnomalyKit.Peers;

/// <summary>Sets a detector up.</summary>
/// <param name="seed">The seed.</param>
/// <param name="threshold">The rule for the threshold; a fixed one where the fit is to end without a pass over the training scores.</param>
internal delegate IDetectorTrainer PeerDetector(ulong seed, ThresholdRule threshold);
