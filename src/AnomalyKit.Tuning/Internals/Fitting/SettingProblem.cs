namespace AnomalyKit.Tuning;

/// <summary>Tells problems of one setting from those that end everything.</summary>
internal static class SettingProblem
{
    /// <summary>Whether a problem is that of one setting, and no reason to end the search.</summary>
    public static bool Is(Exception problem) => problem is not (OperationCanceledException or OutOfMemoryException);
}
