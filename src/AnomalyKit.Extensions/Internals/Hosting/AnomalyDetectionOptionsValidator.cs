using Microsoft.Extensions.Options;

namespace AnomalyKit.Serving.Hosting;

/// <summary>Refuses options that cannot work, all at once and by name.</summary>
internal sealed class AnomalyDetectionOptionsValidator : IValidateOptions<AnomalyDetectionOptions>
{
    public ValidateOptionsResult Validate(string? name, AnomalyDetectionOptions options)
    {
        var problems = new List<string>();
        if (options.ReloadInterval < TimeSpan.Zero || options.ReloadInterval > TimeSpan.FromDays(1))
            Add("ReloadInterval", $"is {options.ReloadInterval}; it is at most a day, and zero for never.");
        if (options.ModelFolder is { } folder && string.IsNullOrWhiteSpace(folder))
            Add("ModelFolder", "is blank. Name a folder, or leave it out.");
        foreach (var (model, source) in options.Models)
        {
            if (string.IsNullOrWhiteSpace(model) || model.Contains('/', StringComparison.Ordinal))
                Add("Models", $"has the name '{model}'; a name is not blank and has no '/'.");
            if (string.IsNullOrWhiteSpace(source.Path))
                Add($"Models:{model}:Path", "is missing. Name the model file.");
            if (string.IsNullOrWhiteSpace(source.Version) || source.Version.Contains('/', StringComparison.Ordinal))
                Add($"Models:{model}:Version", $"is '{source.Version}'; a version is not blank and has no '/'.");
            if (source.Threshold is { } threshold && double.IsNaN(threshold))
                Add($"Models:{model}:Threshold", "is NaN; it must be a number.");
        }

        options.Monitoring.Validate(problem => Add("Monitoring", problem));
        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;

        void Add(string option, string problem) => problems.Add($"{AnomalyDetectionOptions.SectionName}:{option} {problem}");
    }
}
