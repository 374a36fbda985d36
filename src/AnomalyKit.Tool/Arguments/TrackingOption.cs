using System.CommandLine;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Arguments;

/// <summary>Where runs are kept.</summary>
internal sealed class TrackingOption
{
    private const string DefaultExperiment = "anomalykit";

    public Option<string> Option { get; } = new("--tracking")
    {
        Description = $"Where runs are kept: a file such as runs.db, or an MLflow server such as http://127.0.0.1:5000. By default, the value of the environment variable {TrackingTarget.EnvironmentVariable}.",
        HelpName = "URI",
    };

    /// <summary>The experiment of a run.</summary>
    public Option<string> Experiment { get; } = new("--experiment")
    {
        Description = $"The experiment that the run is kept in, with --tracking; {DefaultExperiment} by default.",
        HelpName = "NAME",
        DefaultValueFactory = _ => DefaultExperiment,
    };

    /// <summary>The place that was named; null for none.</summary>
    public string? Uri(ParseResult parsed) =>
        parsed.GetValue(Option) is { } given ? given : Environment.GetEnvironmentVariable(TrackingTarget.EnvironmentVariable) is { Length: > 0 } variable ? variable : null;

    /// <summary>Opens the place.</summary>
    public ITrackingStore Open(ParseResult parsed, bool mustExist)
    {
        string uri = Uri(parsed) ?? throw new UsageException($"Where are the runs? Name a file or a server with --tracking, or set {TrackingTarget.EnvironmentVariable}.");
        return Open(uri, mustExist);
    }

    public static ITrackingStore Open(string uri, bool mustExist)
    {
        try
        {
            return mustExist ? TrackingTarget.OpenExisting(uri) : TrackingTarget.Open(uri);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(ErrorText.Of(e));
        }
    }
}
