namespace AnomalyKit.Server.Tests.Support;

/// <summary>A test with signals, as Unix has them; skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Needs signals of Unix." : null;
}
