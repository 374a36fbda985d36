namespace AnomalyKit.Tests.Browsers;

/// <summary>A test in a browser of the machine; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = LocalBrowser.MissingBecause;
}
