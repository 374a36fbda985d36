using AnomalyKit.Serving.Models;

namespace AnomalyKit.Serving.Health;

/// <summary>What is wrong with the models of a host, in words that name no folders: health routes are open, and the log has the rest.</summary>
internal static class HealthReasons
{
    private const string NoModel = "No model is loaded.";

    /// <summary>Why requests cannot be sent here; at least one reason.</summary>
    public static IReadOnlyList<string> Missing(IDetectorPool pool)
    {
        var reasons = new List<string>();
        if (pool.Models.Count == 0)
            reasons.Add(pool is DetectorPool { HasSources: false } ? MissingModel.NotConfigured : NoModel);
        reasons.AddRange(pool.Statuses.Where(status => status is { IsRequired: true, IsLoaded: false, Error: null }).Select(status => $"Model '{status.Name}', version '{status.Version}', is not loaded."));
        reasons.AddRange(Failed(pool));
        return reasons.Count > 0 ? reasons : ["Not all models were tried yet."];
    }

    /// <summary>What cannot be loaded, and a default model that is not there.</summary>
    public static IReadOnlyList<string> Failed(IDetectorPool pool)
    {
        var reasons = pool.Statuses.Where(status => status.Error is not null).Select(status => Of(status, pool)).ToList();
        if (pool is DetectorPool { FolderError: not null })
            reasons.Add($"{MissingModel.FolderUnreadable}{(pool.Models.Count > 0 ? " What was loaded before is still served." : "")}");
        if (pool is DetectorPool { DefaultModelError: { } error })
            reasons.Add(error);
        return reasons;
    }

    private static string Of(ModelStatus status, IDetectorPool pool)
    {
        string served = status.IsLoaded ? " Its last good file is still served."
            : pool.FindModel(status.Name) is { } other ? $" Version '{other.Version}' is served."
            : "";
        return $"Model '{status.Name}', version '{status.Version}' cannot be loaded: {FailureText.Of(status.Failure)}{served}";
    }
}
