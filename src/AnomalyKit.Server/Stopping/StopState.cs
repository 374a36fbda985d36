namespace AnomalyKit.Server.Stopping;

/// <summary>Whether the service was told to stop. It still answers then, but is not ready for more.</summary>
internal sealed class StopState
{
    private volatile bool _isStopping;

    public bool IsStopping => _isStopping;

    public void Begin() => _isStopping = true;
}
