using System.Diagnostics;

namespace AnomalyKit.Quality.Tests;

/// <summary>Runs the peers' driver's own tests, which need Python but none of its libraries.</summary>
public class PeerDriverTests
{
    [PythonFact]
    public void The_driver_passes_its_tests()
    {
        var start = new ProcessStartInfo(PythonFactAttribute.Python, "-B -m unittest test_driver")
        {
            WorkingDirectory = Path.Combine(AppContext.BaseDirectory, "Peers"),
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var python = Process.Start(start)!;
        var printed = python.StandardOutput.ReadToEndAsync();
        string report = python.StandardError.ReadToEnd();
        python.WaitForExit();

        Assert.True(python.ExitCode == 0, report + printed.Result);
        Assert.Contains("OK", report, StringComparison.Ordinal);
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class PythonFactAttribute : FactAttribute
    {
        public const string Python = "/usr/bin/python3";

        public PythonFactAttribute()
        {
            if (!File.Exists(Python))
                Skip = $"There is no {Python}.";
        }
    }
}
