namespace AnomalyKit;

/// <summary>A step that was handed to Slurm.</summary>
/// <param name="Stage">The name of the step.</param>
/// <param name="JobId">What Slurm calls it, for <c>squeue</c> and <c>scancel</c>.</param>
public sealed record SlurmSubmission(string Stage, string JobId);
