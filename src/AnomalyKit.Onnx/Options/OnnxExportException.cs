namespace AnomalyKit;

/// <summary>A detector cannot be written as an ONNX file that gives its scores; the message says what cannot be expressed, why, and what to do.</summary>
public sealed class OnnxExportException : Exception
{
    /// <summary>With a message.</summary>
    /// <param name="message">What cannot be expressed, why, and what to do.</param>
    public OnnxExportException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    /// <param name="message">What cannot be expressed, why, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public OnnxExportException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>With a message that says nothing.</summary>
    public OnnxExportException()
    {
    }
}
