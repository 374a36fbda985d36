using AnomalyKit.Tests.Browsers;

namespace AnomalyKit.Docs.Tests.Site;

/// <summary>A test of the built site in a browser of the machine; skipped, with the reason, where either is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SiteFactAttribute : FactAttribute
{
    public SiteFactAttribute() => Skip = LocalBrowser.MissingBecause
        ?? (File.Exists(Path.Combine(SiteTests.Folder, "index.html")) ? null : "artifacts/site is missing. Build it with: dotnet pack -c Release && .ci/site");
}
