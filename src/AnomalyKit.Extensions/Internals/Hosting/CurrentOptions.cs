using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AnomalyKit.Serving.Hosting;

/// <summary>The options as they are configured now; the last usable ones while a configuration that was changed under a running host cannot be used.</summary>
internal sealed partial class CurrentOptions(IOptionsMonitor<AnomalyDetectionOptions> monitor, ILogger<CurrentOptions> logger)
{
    private const long MillisecondsBetweenLooks = 1000;

    private readonly Lock _lock = new();
    private volatile AnomalyDetectionOptions? _last;
    private string? _problem;
    private long _lookAgainAt = long.MinValue;

    /// <summary>The options.</summary>
    /// <exception cref="OptionsValidationException">There were no usable ones yet: the host does not start.</exception>
    public AnomalyDetectionOptions Value
    {
        get
        {
            // To find out that options are wrong takes longer than a request.
            if (_last is { } last && Environment.TickCount64 < Volatile.Read(ref _lookAgainAt))
                return last;
            try
            {
                var options = monitor.CurrentValue;
                if (!ReferenceEquals(options, _last))
                    Take(options);
                return options;
            }
            catch (Exception exception) when (_last is not null)
            {
                Report(exception);
                return _last!;
            }
        }
    }

    private void Take(AnomalyDetectionOptions options)
    {
        lock (_lock)
            (_last, _problem) = (options, null);
    }

    private void Report(Exception exception)
    {
        Volatile.Write(ref _lookAgainAt, Environment.TickCount64 + MillisecondsBetweenLooks);
        lock (_lock)
        {
            if (_problem == exception.Message)
                return;
            _problem = exception.Message;
        }

        Unusable(logger, exception.Message);
    }

    [LoggerMessage(11, LogLevel.Error, "The configuration that was changed cannot be used, and the one before it goes on: {Reason}")]
    private static partial void Unusable(ILogger logger, string reason);
}
