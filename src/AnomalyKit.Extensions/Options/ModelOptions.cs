namespace AnomalyKit;

/// <summary>One model from a file.</summary>
public sealed class ModelOptions
{
    /// <summary>The model file.</summary>
    public string Path { get; set; } = "";

    /// <summary>The version that it is served as; <c>1</c> by default.</summary>
    public string Version { get; set; } = "1";

    /// <summary>Whether the host is not ready before the model was loaded once; true by default. Files of <see cref="AnomalyDetectionOptions.ModelFolder"/> are never required: name a model here if the host must not run without it.</summary>
    public bool IsRequired { get; set; } = true;

    /// <summary>A threshold in place of that of the file; null keeps it.</summary>
    public double? Threshold { get; set; }
}
