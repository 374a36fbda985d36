namespace AnomalyKit;

/// <summary>Where a trial stands.</summary>
public enum TrialState
{
    /// <summary>Somebody works on it.</summary>
    Running,

    /// <summary>It came to its end, with a finite value.</summary>
    Finished,

    /// <summary>It was given up at a rung, for others were better.</summary>
    Pruned,

    /// <summary>It threw, or its value was NaN or infinite. Never the best, and counted.</summary>
    Failed,

    /// <summary>Its worker was not heard of for too long. Its point is tried once more, by another.</summary>
    Lost,
}
