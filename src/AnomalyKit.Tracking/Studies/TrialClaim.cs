namespace AnomalyKit;

/// <summary>Which trials a worker would take.</summary>
/// <param name="Owner">A token of the worker, unlike that of all others.</param>
/// <param name="First">The first number.</param>
/// <param name="End">The number after the last.</param>
/// <param name="Rung">The rung that waiting trials must have come to: the count of their values.</param>
/// <param name="Lease">How long the trial belongs to the worker unless it renews the claim.</param>
public sealed record TrialClaim(string Owner, int First, int End, int Rung, TimeSpan Lease);
