namespace AnomalyKit;

/// <summary>LibTorch cannot be loaded, or the device that was asked for does not exist. The message says what to do.</summary>
public sealed class TorchUnavailableException : InvalidOperationException
{
    internal TorchUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
