using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Models;

/// <summary>Tells models that should be served, and are not now, from names that nobody knows. What it says names no folders: clients read it.</summary>
internal static class MissingModel
{
    /// <summary>Nobody named a folder, a file or a detector in memory.</summary>
    public const string NotConfigured = $"No model is configured: set {AnomalyDetectionOptions.SectionName}:{nameof(AnomalyDetectionOptions.ModelFolder)}.";

    /// <summary>There may be more in the folder than can be seen.</summary>
    public const string FolderUnreadable = "The folder of models cannot be read.";

    private static readonly TimeSpan LoadingWait = TimeSpan.FromSeconds(1);

    /// <summary>Why a model that should be served is not.</summary>
    /// <param name="pool">The models, among which there is none of that name and version.</param>
    /// <param name="name">The name that was asked for.</param>
    /// <param name="version">The version that was asked for; null for any.</param>
    /// <returns>503; null where nobody knows the name.</returns>
    public static RequestException? Problem(IDetectorPool pool, string name, string? version)
    {
        var status = pool.Statuses
            .Where(status => !status.IsLoaded && status.Name == name && (version is null || status.Version == version))
            .OrderBy(status => status.Error is null)
            .FirstOrDefault();
        if (status is not null)
            return Unavailable(Reason(status), isLoading: status.Error is null && !status.IsUnloaded);
        return pool switch
        {
            DetectorPool { HasTriedAll: false } files => NotYet(files),
            DetectorPool { HasSources: false } => Unavailable($"{NotConfigured} Until then the service serves nothing.", isLoading: false),
            _ => null,
        };
    }

    /// <summary>Not all files were tried yet: for a moment at the start, and as long as the folder cannot be read.</summary>
    public static RequestException NotYet(DetectorPool pool) => pool.FolderError is null
        ? Unavailable("The service is still loading its models. Try again in a second, or wait until /health/ready answers 200.", isLoading: true)
        : Unavailable($"{FolderUnreadable} Does it exist, and may the service read it? The log of the service names it.", isLoading: false);

    /// <summary>Something that should be served is not.</summary>
    /// <param name="reason">What is missing, and where to look.</param>
    /// <param name="isLoading">Whether it comes by itself.</param>
    public static RequestException Unavailable(string reason, bool isLoading) =>
        new(StatusCodes.Status503ServiceUnavailable, reason) { RetryAfter = isLoading ? LoadingWait : null, Reason = RefusalReason.Model };

    private static string Reason(ModelStatus status)
    {
        string model = $"Model '{status.Name}', version '{status.Version}'";
        if (status.IsUnloaded)
            return $"{model} was unloaded by an administrator. POST /v1/admin/models/{Uri.EscapeDataString(status.Name)}/load brings it back.";
        return status.Error is null
            ? $"{model} is not loaded yet. Wait until /health/ready answers 200."
            : $"{model} cannot be loaded: {FailureText.Of(status.Failure)} GET /v1/models lists it under failures, and the log of the service has the reason.";
    }
}
