using System.Diagnostics;

namespace AnomalyKit.Onnx.Tests.Support;

/// <summary>A test that needs the checker of the format's own tools: Debian's python3-onnx.</summary>
internal sealed class OnnxCheckerFactAttribute : FactAttribute
{
    public const string Python = "/usr/bin/python3";

    private static readonly Lazy<bool> HasChecker = new(() =>
    {
        if (!File.Exists(Python))
            return false;
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", "import onnx"]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    });

    public OnnxCheckerFactAttribute() => Skip = HasChecker.Value ? null : $"{Python} has no package onnx (Debian: python3-onnx).";
}
