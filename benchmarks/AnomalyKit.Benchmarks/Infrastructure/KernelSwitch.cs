namespace AnomalyKit.Benchmarks.Infrastructure;

/// <summary>How one detector's kernel is forced.</summary>
/// <param name="Variable">Its environment variable.</param>
/// <param name="Kernels">The kernels' names by width, and what each is once it is resolved.</param>
/// <param name="Current">What the detector resolves to at this moment.</param>
internal sealed record KernelSwitch(string Variable, IReadOnlyList<(string Name, object Resolved)> Kernels, Func<object> Current)
{
    /// <param name="variable">The environment variable.</param>
    /// <param name="resolve">What a kernel leads to; with the enumeration's first value, Auto, the variable decides.</param>
    /// <param name="kernels">The kernels by width.</param>
    public static KernelSwitch Of<TKernel>(string variable, Func<TKernel, object> resolve, params TKernel[] kernels)
        where TKernel : struct, Enum =>
        new(variable, [.. kernels.Select(kernel => (kernel.ToString(), resolve(kernel)))], () => resolve(default));

    /// <summary>Sets the variable, and checks that it decides.</summary>
    /// <param name="width">The index of the width.</param>
    public void Force(int width)
    {
        var (name, expected) = Kernels[width];
        Environment.SetEnvironmentVariable(Variable, name);
        Verify.That(Current().Equals(expected), $"{Variable}={name} leads to {expected} (it leads to {Current()})");
    }
}
