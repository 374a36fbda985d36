using AnomalyKit.Server.Arguments;

namespace AnomalyKit.Server.Hosting;

/// <summary>Where settings come from; later ones overrule earlier ones.</summary>
internal static class ServerConfiguration
{
    /// <exception cref="ServerUsageException">The file of <c>--config</c> is not there.</exception>
    public static void Read(ConfigurationManager configuration, ServerCommandLine commandLine)
    {
        configuration.Sources.Clear();
        configuration.AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true, reloadOnChange: false);
        if (commandLine.ConfigFile is { } file)
        {
            string path = Path.GetFullPath(file);
            if (!File.Exists(path))
                throw new ServerUsageException($"Option '{ServerArgument.Config}': there is no file '{file}'.");
            configuration.AddJsonFile(path, optional: false, reloadOnChange: false);
        }

        configuration.AddEnvironmentVariables("ASPNETCORE_");
        configuration.AddEnvironmentVariables();
        configuration.AddInMemoryCollection(commandLine.Settings);
    }
}
