namespace AnomalyKit.Server.Arguments;

/// <summary>What <c>--help</c> prints.</summary>
internal static class UsageText
{
    public static string Create()
    {
        int width = ServerArgument.All.Max(argument => Head(argument).Length) + 2;
        var options = ServerArgument.All.Select(argument => $"  {Head(argument).PadRight(width)}{argument.Description}");
        return $"""
            Serves anomaly detectors over HTTP and gRPC: the Open Inference Protocol v2, /predict, and rows as JSON with reasons.

            Usage: AnomalyKit.Server [PATH] [options]

            Options:
            {string.Join('\n', options)}
              {"--version".PadRight(width)}Prints the version.
              {"--help".PadRight(width)}Prints this text.

            Configuration: appsettings.json beside the program, then --config FILE, then the environment
            (AnomalyDetection__ModelFolder=/models), then options. Exit codes: 0 stopped as asked, 1 it could not run, 2 wrong usage.

            Example:
              AnomalyKit.Server --models ./models --urls http://0.0.0.0:8080 --grpc-urls http://0.0.0.0:8081
            """;
    }

    private static string Head(ServerArgument argument) => $"{argument.Name} {argument.ValueName}";
}
