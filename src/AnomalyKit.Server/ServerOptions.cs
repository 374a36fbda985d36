using System.Globalization;
using AnomalyKit.Server.Arguments;

namespace AnomalyKit.Server;

/// <summary>How the service listens, logs and stops. Bound from the section <c>AnomalyDetection:Server</c> of the configuration.</summary>
internal sealed class ServerOptions
{
    public const string SectionName = "AnomalyDetection:Server";

    /// <summary>Addresses for HTTP/1.1 with ';' between; those of ASP.NET Core (<c>ASPNETCORE_URLS</c>) or http://127.0.0.1:8080 where this is null.</summary>
    public string? Urls { get; set; }

    /// <summary>Addresses for gRPC with ';' between; null for none.</summary>
    public string? GrpcUrls { get; set; }

    /// <summary>Seconds from 0 to 600 to go on serving after SIGTERM.</summary>
    public double StopDelaySeconds { get; set; } = 1;

    /// <summary>Seconds from 0 to 3,600 that requests may take to finish after that.</summary>
    public double StopTimeoutSeconds { get; set; } = 20;

    /// <summary><c>text</c> or <c>json</c>.</summary>
    public string LogFormat { get; set; } = "text";

    /// <summary>Connections that may be open at a time, from 1 to 1,000,000; those above it are closed at once.</summary>
    public int MaxConnections { get; set; } = 20_000;

    /// <summary>Seconds from 1 to 3,600 that a connection may wait for its next request.</summary>
    public double IdleTimeoutSeconds { get; set; } = 130;

    /// <summary>Seconds from 1 to 600 that the headers of a request may take to arrive.</summary>
    public double HeaderTimeoutSeconds { get; set; } = 10;

    /// <summary>Bytes a second, from 1, below which the body of a request is given up, and an answer that is not fetched.</summary>
    public double MinBytesPerSecond { get; set; } = 240;

    /// <exception cref="ServerUsageException">An option is out of range; the message says which.</exception>
    public void Validate()
    {
        Within(StopDelaySeconds, 0, 600, nameof(StopDelaySeconds));
        Within(StopTimeoutSeconds, 0, 3_600, nameof(StopTimeoutSeconds));
        Within(MaxConnections, 1, 1_000_000, nameof(MaxConnections));
        Within(IdleTimeoutSeconds, 1, 3_600, nameof(IdleTimeoutSeconds));
        Within(HeaderTimeoutSeconds, 1, 600, nameof(HeaderTimeoutSeconds));
        Within(MinBytesPerSecond, 1, 1e9, nameof(MinBytesPerSecond));
        if (LogFormat is not ("text" or "json"))
            throw new ServerUsageException($"{SectionName}:{nameof(LogFormat)} is '{LogFormat}'. Write text or json.");
    }

    private static void Within(double value, double min, double max, string name)
    {
        if (!(value >= min && value <= max))
            throw new ServerUsageException(string.Create(CultureInfo.InvariantCulture, $"{SectionName}:{name} is {value}. Choose a number from {min} to {max}."));
    }
}
