namespace AnomalyKit.Benchmarks.Scaling;

/// <summary>A cost that grows with the number of rows.</summary>
/// <param name="Name">What is measured, for people and for <c>--only</c>.</param>
/// <param name="Columns">Columns of the made-up rows.</param>
/// <param name="Goal">The exponent that is aimed at, as printed; empty where there is none.</param>
/// <param name="Prepare">Does what is not measured, and gives what is: one call of it works through all rows, on one thread.</param>
internal sealed record ScalingCase(string Name, int Columns, string Goal, Func<FeatureMatrix, Action> Prepare);
