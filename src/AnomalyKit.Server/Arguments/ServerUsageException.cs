namespace AnomalyKit.Server.Arguments;

/// <summary>Arguments or configuration are at fault; the message is one line that says which and what to do.</summary>
internal sealed class ServerUsageException(string message) : Exception(message);
