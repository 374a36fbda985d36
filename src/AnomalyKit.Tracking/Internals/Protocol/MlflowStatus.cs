namespace AnomalyKit.Protocol;

/// <summary>States of runs as MLflow names them.</summary>
internal static class MlflowStatus
{
    /// <summary>MLflow knows no lost runs; they count as killed.</summary>
    public static string Text(RunStatus status) => status switch
    {
        RunStatus.Running => "RUNNING",
        RunStatus.Finished => "FINISHED",
        RunStatus.Failed => "FAILED",
        _ => "KILLED",
    };

    public static RunStatus Read(string? text) => text switch
    {
        "FINISHED" => RunStatus.Finished,
        "FAILED" => RunStatus.Failed,
        "KILLED" => RunStatus.Killed,
        _ => RunStatus.Running,
    };
}
