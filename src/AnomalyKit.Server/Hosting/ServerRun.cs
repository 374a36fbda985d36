using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AnomalyKit.Server.Hosting;

/// <summary>Runs the service from start to stop, and says where it is.</summary>
internal static partial class ServerRun
{
    public static async Task<int> UntilStoppedAsync(WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await app.StartAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return ServerProgram.Done;
        }

        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("AnomalyKit.Server");
        var pool = app.Services.GetRequiredService<IDetectorPool>();
        Serves(log, ServerProgram.Version.Split('+')[0], pool.Models.Count == 0 ? "no model yet" : string.Join(", ", pool.Models));
        foreach (string address in app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses)
            Listens(log, address);
        await app.WaitForShutdownAsync().ConfigureAwait(false);
        return ServerProgram.Done;
    }

    [LoggerMessage(1, LogLevel.Information, "AnomalyKit {Version} serves {Models}.")]
    private static partial void Serves(ILogger log, string version, string models);

    [LoggerMessage(2, LogLevel.Information, "Listening on {Address}")]
    private static partial void Listens(ILogger log, string address);
}
