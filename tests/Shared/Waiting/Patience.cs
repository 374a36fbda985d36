namespace AnomalyKit.Tests.Waiting;

/// <summary>How long tests wait for what must come. It only ends a test that would hang: a machine with other work takes many times as long as a quiet one.</summary>
internal static class Patience
{
    public static TimeSpan Long { get; } = TimeSpan.FromMinutes(5);
}
