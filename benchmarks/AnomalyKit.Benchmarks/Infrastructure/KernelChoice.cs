namespace AnomalyKit.Benchmarks.Infrastructure;

/// <summary>One switch over the kernels of all detectors: the environment variable ANOMALYKIT_KERNELS, as scalar, 128, 256 or 512 (bits).</summary>
/// <remarks>Where it is not set, every detector chooses for the machine. A single detector's kernel is forced by its own variable.</remarks>
internal static class KernelChoice
{
    private const string EnvironmentVariable = "ANOMALYKIT_KERNELS";

    private static readonly string[] Widths = ["scalar", "128", "256", "512"];

    /// <summary>An entry a detector: its variable, and its kernels by width.</summary>
    private static readonly (string Variable, string[] Kernels)[] Detectors =
    [
        ("ANOMALYKIT_ENVELOPE_KERNEL", ["scalar", "lanes128", "lanes256", "lanes512"]),
        ("ANOMALYKIT_FOREST_KERNEL", ["walk", "sliced128", "sliced256", "sliced512"]),
    ];

    /// <summary>Sets the detectors' variables for this process.</summary>
    /// <param name="arguments">What sets and shows them in the processes of BenchmarkDotNet.</param>
    /// <returns>Whether the variable could be understood; the console has been told where not.</returns>
    public static bool TryApply(out string[] arguments)
    {
        arguments = [];
        string? wanted = Environment.GetEnvironmentVariable(EnvironmentVariable);
        if (string.IsNullOrEmpty(wanted))
            return true;
        int width = Array.IndexOf(Widths, wanted);
        if (width < 0)
        {
            Console.Error.WriteLine($"{EnvironmentVariable} is '{wanted}'; it may be {string.Join(", ", Widths)}.");
            return false;
        }

        foreach (var (variable, kernels) in Detectors)
            Environment.SetEnvironmentVariable(variable, kernels[width]);
        arguments = ["--envVars", .. Detectors.Select(detector => $"{detector.Variable}:{detector.Kernels[width]}")];
        return true;
    }
}
