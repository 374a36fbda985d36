using System.ComponentModel;
using System.Diagnostics;

namespace AnomalyKit.AspNetCore.Grpc.Tests;

/// <summary>A test that needs Python with grpcio and protobuf, and protoc: skipped, with the reason, where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonFactAttribute : FactAttribute
{
    /// <summary>Debian's Python sees Debian's packages; another one in the path may not.</summary>
    public static string Python => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    public PythonFactAttribute()
    {
        if (!Runs(Python, "-c", "import grpc, google.protobuf") || !Runs("protoc", "--version"))
            Skip = "Python with grpcio and protobuf, or protoc, is not there. On Debian: apt-get install python3-grpcio python3-protobuf protobuf-compiler.";
    }

    private static bool Runs(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            return process.WaitForExit(TimeSpan.FromSeconds(20)) && process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
