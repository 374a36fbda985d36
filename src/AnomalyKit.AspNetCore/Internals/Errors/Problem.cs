using System.Text.Json;
using Microsoft.AspNetCore.Connections;

namespace AnomalyKit.Serving.Errors;

/// <summary>What a client is told of an exception.</summary>
internal static class Problem
{
    // The library's remedy for programs, which a client of the service cannot follow.
    private const string LibraryRemedy = ", or set RowTable.AllowMissingColumns";

    // Long enough for the requests that fill the memory to end.
    private static readonly TimeSpan MemoryWait = TimeSpan.FromSeconds(2);

    /// <summary>Finds whose fault an exception is.</summary>
    /// <returns>The answer; null where the service itself is at fault.</returns>
    public static RequestException? Of(Exception exception) => exception switch
    {
        RequestException request => request,
        TableDataException data => new RequestException(StatusCodes.Status400BadRequest, data.Message.Replace(LibraryRemedy, "", StringComparison.Ordinal), data)
        {
            Row = data.Row,
            Column = data.ColumnName,
        },
        ModelNotFoundException => new RequestException(StatusCodes.Status404NotFound, exception.Message, exception),
        JsonException json => new RequestException(StatusCodes.Status400BadRequest, $"The body is not valid JSON: {json.Message.TrimEnd('.')}.", json),
        OutOfMemoryException => new RequestException(
            StatusCodes.Status503ServiceUnavailable, "The service has too little memory for this request beside the others. Try again later, or with fewer rows.", exception)
        {
            RetryAfter = MemoryWait,
        },
        BadHttpRequestException bad => new RequestException(bad.StatusCode, bad.Message, bad),
        _ => null,
    };

    /// <summary>Whether an exception means no more than that the client went away.</summary>
    public static bool IsDisconnect(Exception exception, HttpContext context) =>
        exception is ConnectionResetException or ConnectionAbortedException
        || (exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested);
}
