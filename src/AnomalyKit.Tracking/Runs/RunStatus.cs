namespace AnomalyKit;

/// <summary>Where a run stands.</summary>
public enum RunStatus
{
    /// <summary>The run is still going on.</summary>
    Running,

    /// <summary>The run ended normally.</summary>
    Finished,

    /// <summary>The run ended with an error.</summary>
    Failed,

    /// <summary>Somebody stopped the run.</summary>
    Killed,

    /// <summary>The process of the run is gone without having ended it. Only read, never set: a process that was merely paused makes its run go on.</summary>
    Lost,
}
