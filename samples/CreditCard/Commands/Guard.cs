namespace AnomalyKit.Samples.CreditCard.Commands;

/// <summary>Turns what a command throws into one message and an exit code; a stack trace helps nobody at a command line.</summary>
internal static class Guard
{
    public static async Task<int> RunAsync(Func<Task> work, TextWriter errors)
    {
        try
        {
            await work();
            return ExitCodes.Success;
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync("Cancelled.");
            return ExitCodes.Cancelled;
        }
        catch (SampleException e)
        {
            await errors.WriteLineAsync($"Error: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or FormatException or InvalidOperationException)
        {
            await errors.WriteLineAsync($"Error: {e.Message}");
        }
        catch (OutOfMemoryException)
        {
            await errors.WriteLineAsync("Error: there is not enough memory for this data. Use fewer rows, detectors or threads.");
        }

        return ExitCodes.Failure;
    }
}
