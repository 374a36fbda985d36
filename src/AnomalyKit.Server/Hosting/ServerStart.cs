using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;

namespace AnomalyKit.Server.Hosting;

/// <summary>Starts to listen, and says in words of the command line why it cannot.</summary>
internal static partial class ServerStart
{
    /// <exception cref="IOException">An address cannot be listened at; the message says which, and what to do.</exception>
    /// <exception cref="OperationCanceledException">The service was stopped before.</exception>
    public static async Task ListenAsync(WebApplication app, CancellationToken cancellationToken = default)
    {
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException && Port().Match(e.Message) is { Success: true } match)
        {
            string port = match.Groups["port"].Value;
            bool isGrpc = app.Services.GetRequiredService<ServerOptions>().GrpcUrls?.Split(';').Any(url => Port().Match(url).Groups["port"].Value == port) ?? false;
            throw new IOException($"Port {port} is in use; choose another with {(isGrpc ? "--grpc-urls" : "--urls")}.", e);
        }
    }

    // Kestrel names the address in its message alone.
    [GeneratedRegex(@"https?://(\[[^\]]+\]|[^:/\s]+):(?<port>\d+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Port();
}
