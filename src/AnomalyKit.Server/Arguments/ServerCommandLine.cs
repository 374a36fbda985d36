namespace AnomalyKit.Server.Arguments;

/// <summary>A command line that was understood.</summary>
/// <param name="ConfigFile">The configuration file; null for none.</param>
/// <param name="ProbeUrl">What to ask in place of serving; null for serving.</param>
/// <param name="Settings">Keys of the configuration that the options set.</param>
/// <param name="OnlyModel">The name of the one model whose file was given; null for a folder or none.</param>
internal sealed record ServerCommandLine(string? ConfigFile, Uri? ProbeUrl, IReadOnlyDictionary<string, string?> Settings, string? OnlyModel = null)
{
    /// <summary>Reads options and at most one path of models.</summary>
    /// <param name="args">The arguments: <c>--name value</c> or <c>--name=value</c>.</param>
    /// <returns>What they say.</returns>
    /// <exception cref="ServerUsageException">An argument is unknown, incomplete or repeated.</exception>
    /// <exception cref="IOException">The file of models is none.</exception>
    public static ServerCommandLine Parse(IReadOnlyList<string> args)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? configFile = null;
        string? onlyModel = null;
        Uri? probe = null;
        for (int i = 0; i < args.Count; i++)
        {
            var (argument, value) = Next(args, ref i);
            if (!seen.Add(argument.Name) && argument.Name != ServerArgument.Set)
                throw new ServerUsageException($"Option '{argument.Name}' appears twice. Use it once.");
            switch (argument.Name)
            {
                case ServerArgument.Models:
                    onlyModel = ModelPath.AddTo(settings, value);
                    break;
                case ServerArgument.Config:
                    configFile = value;
                    break;
                case ServerArgument.Probe:
                    probe = Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
                        ? url
                        : throw new ServerUsageException($"Option '{argument.Name}': '{value}' is not a URL. Write, for example, http://127.0.0.1:8080/v2/health/ready.");
                    break;
                case ServerArgument.Set:
                    int equals = value.IndexOf('=', StringComparison.Ordinal);
                    if (equals <= 0)
                        throw new ServerUsageException($"Option '{argument.Name}': '{value}' has no key. Write KEY=VALUE, for example AnomalyDetection:Serving:MaxRequestRows=1000.");
                    settings[value[..equals]] = value[(equals + 1)..];
                    break;
                default:
                    settings[argument.Key!] = value;
                    break;
            }
        }

        return new ServerCommandLine(configFile, probe, settings, onlyModel);
    }

    private static (ServerArgument Argument, string Value) Next(IReadOnlyList<string> args, ref int i)
    {
        string arg = args[i];
        if (!arg.StartsWith('-'))
            return (Find(ServerArgument.Models)!, arg);
        int equals = arg.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? arg : arg[..equals];
        var argument = Find(name) ?? throw new ServerUsageException($"There is no option '{name}'; the options are {string.Join(", ", ServerArgument.All.Select(known => known.Name).Order(StringComparer.Ordinal))}.");
        string value = equals >= 0 ? arg[(equals + 1)..] : ++i < args.Count ? args[i] : "";
        return value.Length > 0 ? (argument, value) : throw new ServerUsageException($"Option '{name}' needs a value: {name} {argument.ValueName}.");
    }

    private static ServerArgument? Find(string name) => ServerArgument.All.FirstOrDefault(argument => argument.Name == name);
}
