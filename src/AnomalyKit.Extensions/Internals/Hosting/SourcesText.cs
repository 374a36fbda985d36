namespace AnomalyKit.Serving.Hosting;

/// <summary>What the log and the health check say of a host that nobody gave a model.</summary>
internal static class SourcesText
{
    /// <summary>No folder, no file and no detector in memory was named.</summary>
    public const string None = $"No model is configured, so none is served. Set {AnomalyDetectionOptions.SectionName}:{nameof(AnomalyDetectionOptions.ModelFolder)}, "
        + $"name files below {AnomalyDetectionOptions.SectionName}:{nameof(AnomalyDetectionOptions.Models)}, or add a detector in memory with AddModel.";
}
