using System.Diagnostics;

namespace AnomalyKit.Dashboard.Tests;

internal static class Eventually
{
    /// <summary>Waits until something is so, and fails where it never is.</summary>
    public static async Task IsAsync(Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition() && watch.Elapsed < Patience.Long)
            await Task.Delay(50);
        Assert.True(condition(), what);
    }
}
