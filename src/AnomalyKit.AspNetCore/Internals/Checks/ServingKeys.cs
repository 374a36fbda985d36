using AnomalyKit.Configuration;

namespace AnomalyKit.Serving.Checks;

/// <summary>The keys of the section <c>AnomalyDetection:Serving</c>.</summary>
internal static class ServingKeys
{
    public static OptionKeys All { get; } = new OptionKeys(
        nameof(AnomalyServingOptions.MaxRequestBytes),
        nameof(AnomalyServingOptions.MaxRequestRows),
        nameof(AnomalyServingOptions.MaxConcurrentRequests),
        nameof(AnomalyServingOptions.MaxScoringRequests),
        nameof(AnomalyServingOptions.MaxBufferedBytes),
        nameof(AnomalyServingOptions.MaxStreams),
        nameof(AnomalyServingOptions.MaxLineBytes),
        nameof(AnomalyServingOptions.MaxExplainedRows),
        nameof(AnomalyServingOptions.RequireKey),
        nameof(AnomalyServingOptions.EnableAdmin),
        nameof(AnomalyServingOptions.EnableDocumentation))
        .WithDurations(nameof(AnomalyServingOptions.MaxWaitTime), nameof(AnomalyServingOptions.MaxBodyTime), nameof(AnomalyServingOptions.RetryAfter),
            nameof(AnomalyServingOptions.StreamIdleTime), nameof(AnomalyServingOptions.MaxExplainTime))
        .With(nameof(AnomalyServingOptions.Keys), OptionKeys.List(new OptionKeys(
            nameof(ApiKeyOptions.Name), nameof(ApiKeyOptions.Sha256), nameof(ApiKeyOptions.File), nameof(ApiKeyOptions.MaxRequestsPerSecond), nameof(ApiKeyOptions.IsAdmin))));
}
