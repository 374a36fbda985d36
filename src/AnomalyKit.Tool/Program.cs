using AnomalyKit.Tool.Commands;
using AnomalyKit.Tool.Output;
using AnomalyKit.Tool.Running;

using var stop = new StopSignals();
using var output = new StandardOutput();
return CommandLine.Run(args, output, Console.Error, ConsoleKind.Detect(), stop);
