namespace AnomalyKit;

/// <summary>How an <see cref="MlflowTracker"/> works.</summary>
public sealed record MlflowOptions
{
    /// <summary>The file in which everything is kept until the server has taken it. By default one per server in the user's folder for application data, or in the folder for temporary files where that one is on a network.</summary>
    /// <remarks>Several processes may share it: one of them sends for all.</remarks>
    public string? OutboxPath { get; init; }

    /// <summary>How long <see cref="IRunTracker.FlushAsync"/> and <see cref="IDisposable.Dispose"/> wait for a server that cannot be reached. 30 seconds by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan FlushTimeout { get; init => field = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(FlushTimeout)} is {value}; a time from 0 was expected."); } = TimeSpan.FromSeconds(30);

    /// <summary>How long one request may take. 1 minute by default. An upload of an artifact may take ten times as long, and so may a download until it begins; from then on each read has this time, and throws an <see cref="IOException"/> when it is over.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan RequestTimeout { get; init => field = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(RequestTimeout)} is {value}; a positive time was expected."); } = TimeSpan.FromMinutes(1);

    /// <summary>The user's name for basic authentication; null (the default) for that of the variable <c>MLFLOW_TRACKING_USERNAME</c>.</summary>
    public string? UserName { get; init; }

    /// <summary>The password for basic authentication; null (the default) for that of the variable <c>MLFLOW_TRACKING_PASSWORD</c>.</summary>
    public string? Password { get; init; }

    /// <summary>The token for bearer authentication; null (the default) for that of the variable <c>MLFLOW_TRACKING_TOKEN</c>. Name and password come first where both are there.</summary>
    public string? Token { get; init; }

    /// <summary>The first pause after a request that failed; doubled after each one. Tests take a short one.</summary>
    internal TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What a record would print would hold the password.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(MlflowOptions);
}
