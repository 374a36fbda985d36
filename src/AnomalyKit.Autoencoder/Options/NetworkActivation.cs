namespace AnomalyKit;

/// <summary>What a layer of a network does with its sums.</summary>
public enum NetworkActivation
{
    /// <summary>max(x, 0).</summary>
    Relu = 0,

    /// <summary>x where positive, else 0.01 · x.</summary>
    LeakyRelu = 1,

    /// <summary>x where positive, else eˣ − 1 (D.-A. Clevert, T. Unterthiner, S. Hochreiter, 2016; α = 1).</summary>
    Elu = 2,

    /// <summary>x / (1 + e⁻ˣ), also called Swish (S. Elfwing, E. Uchibe, K. Doya, 2018).</summary>
    Silu = 3,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh = 4,

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    Sigmoid = 5,

    /// <summary>x: without any other activation the network spans the same subspace as principal components do.</summary>
    Linear = 6,
}
