using Microsoft.Extensions.Logging;

namespace AnomalyKit.Serving.Loading;

/// <summary>What the loader tells the log.</summary>
internal static partial class LoaderLog
{
    [LoggerMessage(1, LogLevel.Information, "Model {Model} is served from '{Path}' ({Detector}, threshold {Threshold}, SHA-256 {Fingerprint}).")]
    public static partial void Loaded(ILogger logger, string model, string path, string detector, double threshold, string fingerprint);

    [LoggerMessage(2, LogLevel.Error, "Model {Model} was not loaded from '{Path}': {Reason} {Consequence}")]
    public static partial void Refused(ILogger logger, string model, string path, string reason, string consequence);

    [LoggerMessage(6, LogLevel.Warning, "Model {Model} has other columns than {Before}, which requests for that name went to: {Changes}. Clients that send the columns of before may be refused.")]
    public static partial void ColumnsChanged(ILogger logger, string model, string before, string changes);

    [LoggerMessage(7, LogLevel.Warning, "{Problem} Requests that name no model are refused until it is there.")]
    public static partial void DefaultModelMissing(ILogger logger, string problem);

    [LoggerMessage(8, LogLevel.Warning, "{Finding}")]
    public static partial void FolderFinding(ILogger logger, string finding);

    [LoggerMessage(3, LogLevel.Information, "Model {Model} is no longer served: {Reason}")]
    public static partial void Removed(ILogger logger, string model, string reason);

    [LoggerMessage(4, LogLevel.Information, "Model {Model} has the threshold {Threshold}, set by hand, until its file changes.")]
    public static partial void ThresholdSet(ILogger logger, string model, double threshold);

    [LoggerMessage(5, LogLevel.Error, "The folder of models '{Folder}' cannot be read: {Reason} Models that are served already stay.")]
    public static partial void FolderUnreadable(ILogger logger, string folder, string reason);
}
