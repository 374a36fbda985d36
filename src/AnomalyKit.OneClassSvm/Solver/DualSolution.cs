namespace AnomalyKit.OneClassSvm.Solver;

/// <summary>A solution of the dual.</summary>
/// <param name="Alpha">One coefficient a row, from 0 to 1.</param>
/// <param name="Rho">The decision boundary ρ.</param>
/// <param name="Objective">½ αᵀKα.</param>
/// <param name="Violation">How far the optimality conditions over all rows are from being met.</param>
/// <param name="Steps">Pairs of coefficients that were changed.</param>
/// <param name="Converged">Whether the violation is within the tolerance.</param>
internal sealed record DualSolution(double[] Alpha, double Rho, double Objective, double Violation, long Steps, bool Converged);
