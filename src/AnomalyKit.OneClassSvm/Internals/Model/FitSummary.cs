using AnomalyKit.OneClassSvm.Solver;

namespace AnomalyKit.OneClassSvm;

/// <summary>How a fit ended, for coefficients of some sum.</summary>
/// <param name="CoefficientSum">What the coefficients sum up to.</param>
/// <param name="Rho">The boundary ρ.</param>
/// <param name="Objective">½ αᵀKα.</param>
/// <param name="Violation">The violation of the optimality conditions over all training rows.</param>
/// <param name="Steps">The pairs of coefficients that were changed.</param>
/// <param name="Converged">Whether the violation is within the tolerance.</param>
internal sealed record FitSummary(double CoefficientSum, double Rho, double Objective, double Violation, long Steps, bool Converged)
{
    /// <summary>The end of a fit, as the solver found it.</summary>
    public static FitSummary Of(DualSolution solution) =>
        new(solution.CoefficientSum, solution.Rho, solution.Objective, solution.Violation, solution.Steps, solution.Converged);

    /// <summary>The same for coefficients that are all multiplied by a factor.</summary>
    public FitSummary Times(double factor) => this with
    {
        CoefficientSum = CoefficientSum * factor,
        Rho = Rho * factor,
        Objective = Objective * factor * factor,
        Violation = Violation * factor,
    };
}
