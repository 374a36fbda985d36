namespace AnomalyKit;

/// <summary>The kernels of a one-class SVM.</summary>
public enum SvmKernelKind
{
    /// <summary>exp(−γ |x − y|²).</summary>
    Rbf = 0,

    /// <summary>x · y.</summary>
    Linear = 1,

    /// <summary>(γ x · y + c₀)^degree.</summary>
    Polynomial = 2,

    /// <summary>tanh(γ x · y + c₀). Not positive definite for all parameters: the solution is then a stationary point.</summary>
    Sigmoid = 3,
}
