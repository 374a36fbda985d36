namespace AnomalyKit.Tests.Browsers;

/// <summary>Cases of a test in a browser of the machine; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = LocalBrowser.MissingBecause;
}
