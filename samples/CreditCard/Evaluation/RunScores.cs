namespace AnomalyKit.Samples.CreditCard.Evaluation;

/// <summary>What a run said of the rows that it was measured on, without its detector.</summary>
/// <param name="Result">The run.</param>
/// <param name="Scores">One score a row; higher is more anomalous.</param>
/// <param name="Labels">Whether each row is a fraud. Runs of one protocol have the same rows in the same order.</param>
internal sealed record RunScores(RunResult Result, float[] Scores, ReadOnlyMemory<bool> Labels);
