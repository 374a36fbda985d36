namespace AnomalyKit.Tool.Tests.Support;

/// <summary>A test with signals and shells, as Unix has them; skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Needs signals and a shell of Unix." : null;
}

/// <summary>Several of them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "Needs signals and a shell of Unix." : null;
}
