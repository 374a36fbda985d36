namespace AnomalyKit;

/// <summary>LibTorch, or the device asked for, is not there; the message says what to do.</summary>
public sealed class TorchUnavailableException : InvalidOperationException
{
    internal TorchUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
