namespace AnomalyKit.Serving.Errors;

/// <summary>A request that cannot be answered as it is; the message is for the client.</summary>
internal sealed class RequestException(int status, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The status of HTTP, 400 to 499, or 503.</summary>
    public int Status { get; } = status;

    /// <summary>Why, as meters and logs name it: one of <see cref="RefusalReason"/>.</summary>
    public string Reason
    {
        get => field ?? RefusalReason.Of(this);
        init;
    }

    /// <summary>The zero-based row at fault, or −1.</summary>
    public long Row { get; init; } = -1;

    /// <summary>The column at fault, or null.</summary>
    public string? Column { get; init; }

    /// <summary>What was found there, as text; null where that is not known.</summary>
    public string? Value { get; init; }

    /// <summary>When to come back, or null.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The methods that the route takes, for 405.</summary>
    public string? Allow { get; init; }

    public static RequestException Invalid(string message) => new(StatusCodes.Status400BadRequest, message);
}
