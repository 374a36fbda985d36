namespace AnomalyKit;

/// <summary>Where a run stands.</summary>
public enum RunStatus
{
    /// <summary>It goes on.</summary>
    Running,

    /// <summary>It came to its end.</summary>
    Finished,

    /// <summary>It ended with an error.</summary>
    Failed,

    /// <summary>Somebody stopped it.</summary>
    Killed,
}
