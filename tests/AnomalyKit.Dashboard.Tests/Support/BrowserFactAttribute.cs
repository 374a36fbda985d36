namespace AnomalyKit.Dashboard.Tests;

/// <summary>A test in a browser of the machine; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Browser.Path is null)
            Skip = "There is no chromium on PATH. Install it (Debian: apt-get install chromium) to run the tests in a browser.";
    }
}
