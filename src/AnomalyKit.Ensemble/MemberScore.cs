namespace AnomalyKit;

/// <summary>What one member of an ensemble says about one row.</summary>
/// <param name="Member">The member's name.</param>
/// <param name="Score">Its own score.</param>
/// <param name="Normalized">The score on the ensemble's common scale.</param>
/// <param name="Weight">Its share of the weights.</param>
/// <param name="IsAnomaly">Whether its own score exceeds its own threshold: its vote.</param>
public readonly record struct MemberScore(string Member, float Score, double Normalized, double Weight, bool IsAnomaly);
