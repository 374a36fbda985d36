using AnomalyKit.Tool.Commands;
using AnomalyKit.Tool.Output;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool;

internal static class Program
{
    private static int Main(string[] args)
    {
        using var stop = new StopSignals();
        using var output = new StandardOutput();
        using var errors = new StandardError();
        return CommandLine.Run(args, output, errors, ConsoleKind.Detect(), stop);
    }
}
