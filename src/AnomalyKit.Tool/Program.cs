using AnomalyKit.Tool.Commands;
using AnomalyKit.Tool.Output;
using AnomalyKit.Tool.Running;

using var stop = new StopSignals();
using var output = new StandardOutput();
using var errors = new StandardError();
return CommandLine.Run(args, output, errors, ConsoleKind.Detect(), stop);
