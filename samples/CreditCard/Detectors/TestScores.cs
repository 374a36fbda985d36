namespace AnomalyKit.Samples.CreditCard.Detectors;

/// <summary>What a detector says of the test rows.</summary>
/// <param name="Scores">One score a row.</param>
/// <param name="Seconds">How long that took, the members of an ensemble included.</param>
internal sealed record TestScores(float[] Scores, double Seconds);
