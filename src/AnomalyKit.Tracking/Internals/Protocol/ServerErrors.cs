namespace AnomalyKit.Protocol;

/// <summary>The server cannot be reached, or says that it cannot answer now: the same request may go well later.</summary>
/// <param name="message">What happened.</param>
/// <param name="mayHaveActed">Whether the server may have done what was asked for, and only its answer was lost.</param>
/// <param name="retryAfter">When it wants to be asked again; null where it does not say.</param>
/// <param name="isOfRequest">Whether the server answered, and may answer another request well.</param>
internal sealed class ServerAwayException(string message, bool mayHaveActed, TimeSpan? retryAfter = null, bool isOfRequest = false) : Exception(message)
{
    public bool IsOfRequest { get; } = isOfRequest;

    public bool MayHaveActed { get; } = mayHaveActed;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>The server understood the request and refuses it; the same request will never go well.</summary>
/// <param name="code">MLflow's code, for example <c>INVALID_PARAMETER_VALUE</c>.</param>
/// <param name="message">What the server says.</param>
internal sealed class ServerRefusalException(string code, string message) : Exception(message)
{
    public const string NotThere = "RESOURCE_DOES_NOT_EXIST";
    public const string AlreadyThere = "RESOURCE_ALREADY_EXISTS";

    public string Code { get; } = code;
}

/// <summary>There is no way to work with the server as things are: it wants another login, or is none of MLflow's.</summary>
/// <param name="message">What is wrong and what to do.</param>
internal sealed class ServerUnusableException(string message) : Exception(message);
