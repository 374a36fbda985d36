using AnomalyKit.Configuration;
using AnomalyKit.Serving.Loading;
using Microsoft.Extensions.Options;

namespace AnomalyKit.Serving.Hosting;

/// <summary>Refuses options that cannot work, all at once and by name.</summary>
/// <param name="inMemory">The models that need no file.</param>
internal sealed class AnomalyDetectionOptionsValidator(IEnumerable<ModelInMemory> inMemory) : IValidateOptions<AnomalyDetectionOptions>
{
    public ValidateOptionsResult Validate(string? name, AnomalyDetectionOptions options)
    {
        var problems = new List<string>();
        if (options.ReloadInterval < TimeSpan.Zero || options.ReloadInterval > TimeSpan.FromDays(1))
            Add("ReloadInterval", $"is {options.ReloadInterval}; it is at most a day, and zero for never.{DurationText.HintOf(options.ReloadInterval)}");
        if (options.MaxWarmUpTime < TimeSpan.Zero || options.MaxWarmUpTime > TimeSpan.FromMinutes(10))
            Add("MaxWarmUpTime", $"is {options.MaxWarmUpTime}; it is at most ten minutes, and zero for none.{DurationText.HintOf(options.MaxWarmUpTime)}");
        if (options.ModelFolder is { } folder && string.IsNullOrWhiteSpace(folder))
            Add("ModelFolder", "is blank. Name a folder, or leave it out.");
        if (options.DefaultModel is { } chosen && DefaultProblem(chosen, options) is { } reason)
            Add("DefaultModel", reason);
        foreach (var (model, source) in options.Models)
            Validate(model, source, Add);
        options.Monitoring.Validate(problem => Add("Monitoring", problem));
        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;

        void Add(string option, string problem) => problems.Add($"{AnomalyDetectionOptions.SectionName}:{option} {problem}");
    }

    private static void Validate(string model, ModelOptions source, Action<string, string> add)
    {
        if (string.IsNullOrWhiteSpace(model) || model.Contains('/', StringComparison.Ordinal))
            add("Models", $"has the name '{model}'; a name is not blank and has no '/'.");
        if (string.IsNullOrWhiteSpace(source.Path))
            add($"Models:{model}:Path", "is missing. Name the model file.");
        if (string.IsNullOrWhiteSpace(source.Version) || source.Version.Contains('/', StringComparison.Ordinal))
            add($"Models:{model}:Version", $"is '{source.Version}'; a version is not blank and has no '/'.");
        if (source.Threshold is { } threshold && double.IsNaN(threshold))
            add($"Models:{model}:Threshold", "is NaN; it must be a number.");
    }

    // A folder may get a model of that name later: the pool tells then.
    private string? DefaultProblem(string model, AnomalyDetectionOptions options)
    {
        if (string.IsNullOrWhiteSpace(model))
            return "is blank. Name a model, or leave it out.";
        string[] names = [.. options.Models.Keys.Concat(inMemory.Select(served => served.Key.Name)).Distinct().Order(StringComparer.Ordinal)];
        return options.ModelFolder is not null || names.Length == 0 || names.Contains(model, StringComparer.Ordinal)
            ? null
            : $"is '{model}', which is none of the models: {string.Join(", ", names)}. Name one of them, or leave it out.";
    }
}
