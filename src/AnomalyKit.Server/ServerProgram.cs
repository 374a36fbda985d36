using System.Reflection;
using AnomalyKit.Server.Arguments;
using AnomalyKit.Server.Hosting;
using AnomalyKit.Server.Probing;
using Microsoft.Extensions.Options;

namespace AnomalyKit.Server;

/// <summary>The program: arguments in, an exit code out.</summary>
internal static class ServerProgram
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;

    public static string Version { get; } = typeof(ServerProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Serves until it is told to stop.</summary>
    /// <param name="args">The arguments: see <see cref="UsageText"/>.</param>
    /// <param name="additions">What another program adds to the service; null to add nothing.</param>
    /// <param name="prefix">What errors begin with.</param>
    /// <returns>0 after a stop, 1 if it could not run, 2 if arguments or configuration are at fault; one line on standard error says why.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, ServerAdditions? additions = null, string prefix = "error")
    {
        try
        {
            if (args.Contains("--help") || args.Contains("-h"))
                return Print(UsageText.Create());
            if (args.Contains("--version"))
                return Print(Version);
            var commandLine = ServerCommandLine.Parse(args);
            if (commandLine.ProbeUrl is { } url)
                return await HealthProbe.AskAsync(url).ConfigureAwait(false);
            await using var app = ServerHost.Build(commandLine, additions);
            return await ServerRun.UntilStoppedAsync(app, commandLine.OnlyModel, additions?.Page).ConfigureAwait(false);
        }
        catch (ServerUsageException e)
        {
            return Fail(e.Message, Usage);
        }
        catch (OptionsValidationException e)
        {
            return Fail(string.Join(" ", e.Failures), Usage);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException { InnerException: FormatException or ArgumentException or OverflowException })
        {
            // What the readers and binders of configuration throw: the innermost one says where.
            return Fail($"{e.Message} {e.InnerException?.Message}", Usage);
        }
        catch (IOException e)
        {
            return Fail(e.Message, Failed);
        }
        catch (UnauthorizedAccessException e)
        {
            return Fail(e.Message, Failed);
        }
        catch (System.Net.Sockets.SocketException e)
        {
            return Fail(e.Message, Failed);
        }

        int Fail(string message, int exitCode)
        {
            Console.Error.WriteLine($"{prefix}: {message.ReplaceLineEndings(" ").Trim()}");
            return exitCode;
        }
    }

    private static int Print(string text)
    {
        Console.Out.WriteLine(text);
        return Done;
    }
}
