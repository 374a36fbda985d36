namespace AnomalyKit.Quality;

/// <summary>Something that the user is told without a stack trace.</summary>
internal sealed class QualityException(string message, Exception? inner = null) : Exception(message, inner);
