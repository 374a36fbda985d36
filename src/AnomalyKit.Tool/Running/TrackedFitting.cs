using AnomalyKit.Tool.Arguments;

namespace AnomalyKit.Tool.Running;

/// <summary>Fits, and keeps a run of it. What the tracker cannot keep is said at the end, and the fit goes on.</summary>
internal static class TrackedFitting
{
    public static TableDetector Run(ToolContext context, string uri, TableTrainer trainer, Func<TableDetector> fit, RunStart start, params IEnumerable<string> dataFiles)
    {
        using var store = TrackingOption.Open(uri, mustExist: false);
        var tracked = trainer.TrackFit(fit, store, start, [.. dataFiles.Where(path => path != TableFile.StandardInput)]);
        TrackingNotes.Flush(context, store, tracked.Problems);
        if (tracked.RunId is { } id)
            context.Say($"run {id} of '{start.Experiment}' → {uri}");
        return tracked.Detector;
    }
}
