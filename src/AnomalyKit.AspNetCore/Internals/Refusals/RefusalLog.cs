using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Keys;
using Microsoft.Extensions.Logging;

namespace AnomalyKit.Serving.Refusals;

/// <summary>Counts refused requests by status and reason, and logs them: one line a minute for each reason at the level Information, every other one at the level Debug.</summary>
/// <remarks>Whoever is on call sees why clients fail without turning anything on, and a flood of refusals adds no more than a line a minute and reason. Keys and what rows hold are never logged.</remarks>
internal sealed partial class RefusalLog
{
    private const int MaxPath = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Line> _lines = new(StringComparer.Ordinal);
    private readonly Counter<long> _count;
    private readonly KeyRing _keys;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;

    public RefusalLog(IMeterFactory meters, KeyRing keys, ILogger<RefusalLog> logger, TimeProvider? time = null)
    {
        // The meter of models: factories give the same one for the same name and version.
        var meter = meters.Create(new MeterOptions(ServingMeters.MeterName) { Version = typeof(ServingMeters).Assembly.GetName().Version?.ToString(3) });
        _count = meter.CreateCounter<long>(ServingMeters.Refusals, "{request}", "Requests that were refused.");
        (_keys, _logger, _time) = (keys, logger, time ?? TimeProvider.System);
    }

    /// <summary>Takes down a refusal.</summary>
    /// <param name="context">The request; null where only the transport knows it.</param>
    /// <param name="problem">Why it is refused.</param>
    public void Add(HttpContext? context, RequestException problem)
    {
        string reason = problem.Reason;
        _count.Add(1, new(ServingMeters.ReasonTag, reason), new(ServingMeters.StatusTag, problem.Status));
        bool isDue = IsDue(reason, out long unsaid);
        if (!_logger.IsEnabled(isDue ? LogLevel.Information : LogLevel.Debug))
            return;
        // What a path holds stays encoded: it must not look like a line of the log. The query may hold anything, also keys.
        string path = context?.Request.Path.ToUriComponent() ?? "gRPC";
        path = path.Length > MaxPath ? path[..MaxPath] + "…" : path;
        string text = RefusalText.Of(problem);
        string client = Client(context);
        if (isDue)
            LogDue(problem.Status, reason, context?.Request.Method ?? "", path, client, text, unsaid);
        else
            LogEach(problem.Status, reason, context?.Request.Method ?? "", path, client, text);
    }

    private bool IsDue(string reason, out long unsaid)
    {
        var line = _lines.GetOrAdd(reason, static _ => new Line());
        long now = _time.GetTimestamp();
        lock (line)
        {
            bool isDue = line.Last is not { } last || _time.GetElapsedTime(last, now) >= Interval;
            unsaid = line.Unsaid;
            (line.Last, line.Unsaid) = isDue ? (now, 0) : (line.Last, line.Unsaid + 1);
            return isDue;
        }
    }

    // Looked up again, so that requests that are answered need not carry it.
    private string Client(HttpContext? context)
    {
        string address = context?.Connection.RemoteIpAddress?.ToString() ?? "a local client";
        return context is not null && _keys.IsRequired && _keys.Find(context.Request) is { } key ? $"{address} with API key '{key.Name}'" : address;
    }

    [LoggerMessage(1, LogLevel.Information, "Refused with {Status} ({Reason}): {Method} {Path} from {Client}: {Text} ({Unsaid} more were refused for this reason since the last such line.)")]
    private partial void LogDue(int status, string reason, string method, string path, string client, string text, long unsaid);

    [LoggerMessage(2, LogLevel.Debug, "Refused with {Status} ({Reason}): {Method} {Path} from {Client}: {Text}")]
    private partial void LogEach(int status, string reason, string method, string path, string client, string text);

    private sealed class Line
    {
        public long? Last { get; set; }

        public long Unsaid { get; set; }
    }
}
