namespace AnomalyKit.Compare;

/// <summary>Something that the user is told without a stack trace.</summary>
internal sealed class CompareException(string message, Exception? inner = null) : Exception(message, inner);
