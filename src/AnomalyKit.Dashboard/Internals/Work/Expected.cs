using Microsoft.JSInterop;

namespace AnomalyKit.Dashboard.Work;

/// <summary>What can go wrong through data, files or the connection, and is told to the viewer. Anything else is a mistake of the program and goes to the log.</summary>
internal static class Expected
{
    public static bool Is(Exception exception) => exception is AggregateException { InnerException: { } inner }
        ? Is(inner)
        : exception is IOException or UnauthorizedAccessException or ArgumentException or FormatException or InvalidOperationException or NotSupportedException or TableDataException or RunTrackingException
            or JSException or JSDisconnectedException or OutOfMemoryException;

    /// <summary>The words for the viewer.</summary>
    public static string Message(Exception exception) => exception switch
    {
        AggregateException { InnerException: { } inner } => Message(inner),
        OutOfMemoryException => "This host has not enough memory for the table. Upload a part of it, or score it with 'anomalykit score'.",
        ArgumentException { ParamName: { } name } => exception.Message.Replace($" (Parameter '{name}')", string.Empty, StringComparison.Ordinal),
        _ => exception.Message,
    };
}
