using System.Diagnostics;
using System.Globalization;

namespace AnomalyKit.Tests.Processes;

/// <summary>One more process: this program again, with a command that its own Main knows.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    public ChildProcess(params string[] args)
    {
        string program = Path.Combine(AppContext.BaseDirectory, $"{typeof(ChildProcess).Assembly.GetName().Name}.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", program, .. args]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // Sixteen processes on two cores: none of them needs a compiler that works ahead.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcServer"] = "0";
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>The next line that the process wrote; null at the end.</summary>
    public string? ReadLine() => _process.StandardOutput.ReadLineAsync().WaitAsync(Patience.Long).GetAwaiter().GetResult();

    /// <summary>Lets a process go on that waits for a line.</summary>
    public void WriteLine(string line = "")
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        _process.Kill();
        Assert.True(_process.WaitForExit(Patience.Long));
    }

    /// <summary>Sends a signal, for example STOP or CONT.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end, which must be a good one.</summary>
    public string WaitForSuccess()
    {
        string output = _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience.Long).GetAwaiter().GetResult();
        Assert.True(_process.WaitForExit(Patience.Long), "the process went on");
        Assert.True(_process.ExitCode == 0, _errors.GetAwaiter().GetResult());
        return output;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
