namespace AnomalyKit.Quality;

/// <summary>What became of the scores of a day under a tracked threshold.</summary>
/// <param name="FixedFraction">The fraction of rows above the detector's own threshold.</param>
/// <param name="Fraction">The fraction of rows that became alerts.</param>
/// <param name="SoFar">The least and the greatest fraction so far, at the end of each hour from the second on.</param>
/// <param name="PerHour">The least and the greatest fraction within an hour, from the second on.</param>
/// <param name="FraudCount">How many alerts were frauds.</param>
/// <param name="AveragePrecision">That of the scores.</param>
/// <param name="AveragePrecisionOfExcess">That of what scores exceed the moving threshold by.</param>
internal sealed record AlertBudgetFigures(
    double FixedFraction, double Fraction, (double Min, double Max) SoFar, (double Min, double Max) PerHour, int FraudCount, double AveragePrecision, double AveragePrecisionOfExcess);
