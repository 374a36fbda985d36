using System.ComponentModel;
using System.Diagnostics;

namespace AnomalyKit.Batch.Shell;

/// <summary>What a program said before it ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="IOException">It cannot be started.</exception>
    public static ProgramRun Of(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Start(start);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            // Both are read at once, or a full pipe would stop the program.
            Task.WhenAll(output, error).GetAwaiter().GetResult();
            process.WaitForExitAsync(cancellationToken).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new ProgramRun(process.ExitCode, output.Result, error.Result);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception reason)
        {
            throw new IOException($"The program '{start.FileName}' cannot be started: {reason.Message}. Install it, or run this where it is on the PATH.", reason);
        }
    }
}
