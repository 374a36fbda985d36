namespace AnomalyKit.Dashboard.Tests;

internal static class Eventually
{
    /// <summary>Waits until something is so, and fails where it is not after half a minute.</summary>
    public static async Task IsAsync(Func<bool> condition, string what)
    {
        for (int i = 0; i < 600 && !condition(); i++)
            await Task.Delay(50);
        Assert.True(condition(), what);
    }
}
