namespace AnomalyKit.Tool.Running;

/// <summary>Turns what a command throws into one line on standard error and an exit code; a stack trace helps nobody at a command line.</summary>
internal static class Guard
{
    private const int DiskFull = 28;
    private const int PipeClosed = 32;

    public static int Run(ToolContext context, Func<int> work)
    {
        try
        {
            return work();
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            context.Say("Stopped. Nothing half-written is left.");
            return context.StopExitCode;
        }
        catch (UsageException e)
        {
            return Fail(context, e, ExitCode.Usage);
        }
        catch (IOException e) when ((e.HResult & 0xFFFF) == PipeClosed)
        {
            return ExitCode.BrokenPipe;
        }
        catch (IOException e) when ((e.HResult & 0xFFFF) == DiskFull)
        {
            context.Fail($"{OneLine(e.Message).TrimEnd('.')}. Free some space, or write to another disk (--out, and TMPDIR for temporary files).");
            return ExitCode.Failed;
        }
        catch (OutOfMemoryException)
        {
            context.Fail("There is not enough memory for this data. Take a sample (--sample), fewer columns (--columns) or fewer threads (--threads).");
            return ExitCode.Failed;
        }
        catch (AggregateException e) when (e.InnerException is { } inner)
        {
            return Fail(context, inner, ExitCode.Failed);
        }
        catch (Exception e) when (IsExpected(e))
        {
            return Fail(context, e, ExitCode.Failed);
        }
    }

    private static bool IsExpected(Exception e) =>
        e is IOException or ClusterException or OnnxExportException or RunTrackingException or UnauthorizedAccessException or ArgumentException or FormatException or InvalidOperationException or NotSupportedException or TableDataException or Persistence.ModelFormatException or FeatureDataException;

    private static int Fail(ToolContext context, Exception e, int exitCode)
    {
        context.Fail(ErrorText.Of(e));
        return exitCode;
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
