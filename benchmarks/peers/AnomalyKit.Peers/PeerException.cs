namespace AnomalyKit.Peers;

/// <summary>A request that cannot be answered.</summary>
internal sealed class PeerException(string message) : Exception(message);
