namespace AnomalyKit;

/// <summary>What becomes of a score.</summary>
public enum AlertDecision
{
    /// <summary>The score is ordinary: nobody is told.</summary>
    None,

    /// <summary>Somebody is told.</summary>
    Alert,

    /// <summary>The score is high enough for an alert, but the budget does not allow one. It is counted.</summary>
    HeldBack,
}
