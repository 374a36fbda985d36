return await AnomalyKit.Tool.Commands.CommandLine.RunAsync(args);
