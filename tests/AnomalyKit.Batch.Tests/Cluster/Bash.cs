using System.Diagnostics;

namespace AnomalyKit.Batch.Tests.Cluster;

/// <summary>Runs bash.</summary>
internal static class Bash
{
    /// <summary>Runs a script to its end.</summary>
    public static (int ExitCode, string Output, string Error, int ProcessId) Run(string script, IReadOnlyDictionary<string, string>? environment = null, params string[] arguments)
    {
        using var process = Start(script, environment, arguments);
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(Patience.Long), "the script did not end");
        return (process.ExitCode, output, error.Result, process.Id);
    }

    public static Process Start(string script, IReadOnlyDictionary<string, string>? environment = null, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/bash", ["--norc", script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Writes a program that bash runs.</summary>
    public static string Program(string path, string lines)
    {
        File.WriteAllText(path, "#!/bin/bash\n" + lines.ReplaceLineEndings("\n") + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
