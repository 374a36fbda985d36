using System.Diagnostics;

namespace AnomalyKit.Samples.Tests.Readme;

/// <summary>A program of a sample.</summary>
internal sealed class SampleProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    public SampleProcess(string program, IEnumerable<string> arguments, string folder)
    {
        _process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Waits for the end, which must be a good one.</summary>
    /// <returns>The lines that it has printed.</returns>
    public async Task<string[]> WaitForSuccessAsync()
    {
        string output = await _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience.Long);
        await _process.WaitForExitAsync().WaitAsync(Patience.Long);
        Assert.True(_process.ExitCode == 0, $"exit code {_process.ExitCode}\n{output}\n{await _errors}");
        return output.ReplaceLineEndings("\n").Split('\n');
    }

    /// <summary>Reads lines up to one that holds a text.</summary>
    /// <returns>What comes after the text.</returns>
    public async Task<string> WaitForLineAsync(string text)
    {
        while (await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience.Long) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
                return line[(line.IndexOf(text, StringComparison.Ordinal) + text.Length)..];
        }

        throw new InvalidOperationException($"The program has ended without '{text}': {await _errors}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
