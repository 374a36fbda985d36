using System.ComponentModel;
using System.Diagnostics;

namespace AnomalyKit.Samples.Tests.Readme;

/// <summary>A test that needs Python with some packages; skipped, with the reason, where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute(string package) => Skip = Imports(package) ? null : $"{Python} has no package {package}. On Debian: apt-get install python3-{package}.";

    /// <summary>Debian's Python sees Debian's packages; another one in the path may not.</summary>
    public static string Python => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    private static bool Imports(string package)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Python, ["-c", $"import {package}"]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
