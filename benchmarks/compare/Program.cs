using AnomalyKit.Compare;

var parsed = CompareCommand.Create(Console.Out, Console.Error).Parse(args);
int exitCode = parsed.Invoke();

// A wrong command line is no regression.
return parsed.Errors.Count > 0 ? CompareCommand.NothingCompared : exitCode;
