using System.Runtime.Intrinsics;

namespace AnomalyKit.Numerics;

/// <summary>Chooses the width of vectors for the kernels of detectors: what the code asks for, else what an environment variable names, else the widest of the machine.</summary>
/// <remarks>For those who write detectors with kernels of several widths. Each detector has a variable of its own, so that one can be forced without the others.</remarks>
public static class VectorWidths
{
    /// <summary>The widest vectors that the machine computes with in hardware.</summary>
    /// <value>Never <see cref="VectorWidth.Auto"/>.</value>
    public static VectorWidth MaxSupported =>
        Vector512.IsHardwareAccelerated ? VectorWidth.Lanes512
        : Vector256.IsHardwareAccelerated ? VectorWidth.Lanes256
        : Vector128.IsHardwareAccelerated ? VectorWidth.Lanes128
        : VectorWidth.Scalar;

    /// <summary>Resolves a width.</summary>
    /// <param name="variable">The environment variable that forces a width by its name, in any case of letters, where the code asks for none.</param>
    /// <param name="wanted">What the code asks for; by default, none.</param>
    /// <returns>A width other than <see cref="VectorWidth.Auto"/>. A width that was asked for is returned even if the machine has no such vectors; it is emulated then.</returns>
    /// <exception cref="InvalidOperationException">The variable is set and names no width; the message lists the names.</exception>
    public static VectorWidth Resolve(string variable, VectorWidth wanted = VectorWidth.Auto)
    {
        if (wanted == VectorWidth.Auto)
            wanted = Named<VectorWidth>(variable);
        return wanted != VectorWidth.Auto ? wanted : MaxSupported;
    }

    /// <summary>Reads the name of a kernel from an environment variable, for detectors whose kernels are not told apart by their width alone.</summary>
    /// <typeparam name="TKernel">The kernels; the first, of value 0, stands for no choice.</typeparam>
    /// <param name="variable">The environment variable.</param>
    /// <returns>The kernel that it names, in any case of letters, or the first one where it is empty or not set.</returns>
    /// <exception cref="InvalidOperationException">The variable is set and names no kernel; the message lists the names.</exception>
    public static TKernel Named<TKernel>(string variable)
        where TKernel : struct, Enum
    {
        ArgumentException.ThrowIfNullOrEmpty(variable);
        string? name = Environment.GetEnvironmentVariable(variable);
        if (string.IsNullOrEmpty(name))
            return default;
        string[] names = Enum.GetNames<TKernel>();
        foreach (string known in names)
        {
            // By name alone: Enum.Parse would take numbers and lists, too.
            if (known.Equals(name, StringComparison.OrdinalIgnoreCase))
                return Enum.Parse<TKernel>(known);
        }

        throw new InvalidOperationException(
            $"The environment variable {variable} is '{name}', which names no kernel. "
            + $"Set it to one of {string.Join(", ", names.Select(known => known.ToLowerInvariant()))}, or remove it to let the machine decide.");
    }
}
