namespace AnomalyKit.Tool.Running;

/// <summary>What could not be kept of runs is said, and ends nothing.</summary>
internal static class TrackingNotes
{
    /// <summary>Says problems that were met on the way, sends what is left to send, and says what could not be.</summary>
    public static void Flush(ToolContext context, IRunTracker? tracker, IEnumerable<string?> problems)
    {
        foreach (string problem in problems.OfType<string>())
            context.Say($"note: {problem}");
        try
        {
            tracker?.FlushAsync(context.CancellationToken).GetAwaiter().GetResult();
        }
        catch (RunTrackingException e)
        {
            context.Say($"note: {e.Message}");
        }
    }
}
