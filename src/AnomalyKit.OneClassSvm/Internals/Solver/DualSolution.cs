namespace AnomalyKit.OneClassSvm.Solver;

/// <summary>A solution of the dual.</summary>
/// <param name="CoefficientSum">What the coefficients sum up to.</param>
/// <param name="Alpha">One coefficient per row, from 0 to 1.</param>
/// <param name="Rho">The decision boundary ρ.</param>
/// <param name="Objective">½ αᵀKα.</param>
/// <param name="Violation">How far the optimality conditions over all rows are from being met.</param>
/// <param name="Steps">Pairs of coefficients that were changed.</param>
/// <param name="Converged">Whether the violation is within the tolerance.</param>
/// <param name="Gradient">Σ αᵢ K(xᵢ, x) of each row.</param>
/// <param name="GradientDrift">The sum of the absolute changes of coefficients that were added to the gradient since it was last summed anew, or +∞ where it is not known.</param>
/// <param name="GradientTerms">About how many terms that took, one after the other.</param>
/// <param name="Scale">
/// What coefficients, ρ, violation and gradient are to be multiplied by, and the objective twice, to be the solution for the sum that was asked for. It is 1 where that is
/// above 1.
/// </param>
internal sealed record DualSolution(
    double CoefficientSum,
    double[] Alpha,
    double Rho,
    double Objective,
    double Violation,
    long Steps,
    bool Converged,
    double[] Gradient,
    double GradientDrift,
    double GradientTerms,
    double Scale = 1);
