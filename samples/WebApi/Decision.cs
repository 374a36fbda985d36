namespace AnomalyKit.Samples.WebApi;

/// <summary>What the service thinks of a payment.</summary>
/// <param name="Id">The number of the payment.</param>
/// <param name="IsHeld">Whether somebody should look at it first.</param>
/// <param name="Score">The score of the detector; higher is more anomalous.</param>
/// <param name="Reasons">Why it is held; empty for other payments.</param>
public sealed record Decision(string Id, bool IsHeld, double Score, IEnumerable<string> Reasons);
