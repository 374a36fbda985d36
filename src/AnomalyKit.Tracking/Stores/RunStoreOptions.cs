using AnomalyKit.Storage;

namespace AnomalyKit;

/// <summary>How a <see cref="RunStore"/> is opened.</summary>
public sealed record RunStoreOptions
{
    /// <summary>How long a call waits while another process writes. 30 seconds by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan BusyTimeout { get; init => field = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(BusyTimeout)} is {value}; a time from 0 was expected."); } = TimeSpan.FromSeconds(30);

    /// <summary>How long a process may give no sign of life until its runs count as <see cref="RunStatus.Lost"/>. 1 minute by default; a process shows four times as often that it lives.</summary>
    /// <remarks>A process of the same machine that is gone is noticed at once, as long as no other one has its number.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 second.</exception>
    public TimeSpan Lease { get; init => field = value >= TimeSpan.FromSeconds(1) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(Lease)} is {value}; at least 1 second was expected."); } = TimeSpan.FromMinutes(1);

    /// <summary>The clock. The system's by default.</summary>
    public TimeProvider Time { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = TimeProvider.System;

    /// <summary>How the file is opened.</summary>
    internal StoreFileOptions File { get; init; } = StoreFileOptions.Default;
}
