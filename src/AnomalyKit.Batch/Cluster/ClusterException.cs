namespace AnomalyKit;

/// <summary>A job of a cluster cannot be written, submitted or asked about; the message says why and what to do.</summary>
public sealed class ClusterException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    public ClusterException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="innerException">The reason.</param>
    public ClusterException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
