namespace AnomalyKit.Persistence;

/// <summary>A model file cannot be used: it is cut, corrupt, of another kind, or of a newer format than this library reads.</summary>
public sealed class ModelFormatException : FormatException
{
    /// <summary>Sets the message.</summary>
    /// <param name="message">What is wrong, what was expected, and what to do.</param>
    /// <param name="innerException">What it came from, if anything.</param>
    public ModelFormatException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
