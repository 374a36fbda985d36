namespace AnomalyKit.Serving.Requests;

/// <summary>Stops work for a client that went away.</summary>
internal static class ClientGone
{
    // Fewer rows are scored sooner than a client needs to go away, and asking for the token costs memory.
    private const int MinRows = 4096;

    /// <summary>What stops the scoring of a request; nothing where it has few rows.</summary>
    public static CancellationToken TokenFor(HttpContext context, int rows) => rows < MinRows ? CancellationToken.None : context.RequestAborted;
}
