namespace AnomalyKit;

/// <summary>What becomes of a score.</summary>
public enum AlertDecision
{
    /// <summary>The score is ordinary, and there is no alert.</summary>
    None,

    /// <summary>There is an alert.</summary>
    Alert,

    /// <summary>The score is high enough for an alert, but the budget does not allow one. It is counted.</summary>
    HeldBack,
}
