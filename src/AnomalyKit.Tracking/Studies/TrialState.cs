namespace AnomalyKit;

/// <summary>Where a trial stands.</summary>
public enum TrialState
{
    /// <summary>Somebody works on it.</summary>
    Running,

    /// <summary>It came to its end, with a finite value.</summary>
    Finished,

    /// <summary>It was given up at a rung, because others were better.</summary>
    Pruned,

    /// <summary>It threw, or its value was NaN or infinite. Never the best, and counted.</summary>
    Failed,

    /// <summary>Two workers in turn were not heard of for too long. Nothing is known about its point, and it is counted.</summary>
    Lost,

    /// <summary>Its point is settled, and nobody works on it: before the first rung, or between two.</summary>
    Waiting,
}
