namespace AnomalyKit;

/// <summary>A run could not be kept or read: one line that says what, why, and what to do.</summary>
public sealed class RunTrackingException : Exception
{
    /// <summary>Makes an exception.</summary>
    /// <param name="message">What went wrong, and what to do.</param>
    public RunTrackingException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with the reason behind it.</summary>
    /// <param name="message">What went wrong, and what to do.</param>
    /// <param name="innerException">The reason.</param>
    public RunTrackingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
