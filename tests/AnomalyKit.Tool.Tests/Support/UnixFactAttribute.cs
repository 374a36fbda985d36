namespace AnomalyKit.Tool.Tests.Support;

/// <summary>A test with signals and shells, as Unix has them; skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Needs signals and a shell of Unix." : null;

    /// <param name="needs">A program that must be in the path, too.</param>
    public UnixFactAttribute(string needs)
        : this() => Skip ??= Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, needs))) ? null : $"Needs the program {needs}.";
}

/// <summary>Several of them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "Needs signals and a shell of Unix." : null;
}
