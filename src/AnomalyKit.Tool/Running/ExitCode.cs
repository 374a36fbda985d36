namespace AnomalyKit.Tool.Running;

/// <summary>What the command ends with.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The data, the model or a file is at fault; one line on standard error says which and what to do.</summary>
    public const int Failed = 1;

    /// <summary>The command line is at fault.</summary>
    public const int Usage = 2;

    /// <summary>The work is done, and it found what the command line asked to end with: drift, for <c>--fail-on-drift</c>.</summary>
    public const int Drifted = 3;

    /// <summary>The terminal went away: 128 + SIGHUP.</summary>
    public const int HungUp = 129;

    /// <summary>Stopped by Ctrl+C: 128 + SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>Whoever read the output went away: 128 + SIGPIPE.</summary>
    public const int BrokenPipe = 141;

    /// <summary>Stopped by a scheduler or <c>kill</c>: 128 + SIGTERM.</summary>
    public const int Terminated = 143;
}
