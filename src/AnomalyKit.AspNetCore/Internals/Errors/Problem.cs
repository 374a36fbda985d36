using System.Text.Json;
using AnomalyKit.Json;
using Microsoft.AspNetCore.Connections;

namespace AnomalyKit.Serving.Errors;

/// <summary>What a client is told of an exception.</summary>
internal static class Problem
{
    // The library's remedies for programs, which a client of the service cannot follow, and what is said in their place.
    private static readonly (string Library, string Service)[] Remedies =
    [
        // A table may have missing cells, and a model may take none: where the model is known, OfModel says which.
        ("Give it, as null where its value is not known, or set RowTable.AllowMissingColumns", "Give it. A model that takes missing cells also takes null, for a value that is not known"),
        (", or null where it is missing.", ". A model that takes missing cells also takes null."),
        (
            "Say what becomes of missing cells (TablePreparation.Missing: median, most frequent, a constant, native …) and fit again, or leave the row out.",
            "The model takes no missing cells here. Give the cell a value, leave the row out, or serve a model that was fitted with a rule for missing cells (anomalykit fit --missing median)."),
        (" Read the table with the layout of the detector (TableDetector.Layout), which says what each column holds.", " Send what the model was fitted on."),
    ];

    private const string AnyModel = "A model that takes missing cells also takes null";
    private const string NoNull = "This model takes no null here, because it was fitted without a rule for missing cells of the column";

    // Long enough for the requests that fill the memory to end.
    private static readonly TimeSpan MemoryWait = TimeSpan.FromSeconds(2);

    /// <summary>Finds whose fault an exception is.</summary>
    /// <returns>The answer; null where the service itself is at fault.</returns>
    public static RequestException? Of(Exception exception) => exception switch
    {
        RequestException request => request,
        TableDataException data => new RequestException(StatusCodes.Status400BadRequest, InWordsOfTheService(data.Message), data)
        {
            Row = data.Row,
            Column = data.ColumnName,
        },
        ModelNotFoundException => new RequestException(StatusCodes.Status404NotFound, exception.Message, exception),
        JsonException json => new RequestException(StatusCodes.Status400BadRequest, $"The body is not valid JSON: {JsonFault.Of(json)}.", json),
        // The inner exception tells the reason to meters and logs.
        OutOfMemoryException => new RequestException(
            StatusCodes.Status503ServiceUnavailable, "The service has too little memory for this request beside the others. Try again later, or with fewer rows.", exception)
        {
            RetryAfter = MemoryWait,
        },
        BadHttpRequestException bad => new RequestException(bad.StatusCode, bad.Message, bad),
        _ => null,
    };

    private static string InWordsOfTheService(string message)
    {
        foreach (var (library, service) in Remedies)
            message = message.Replace(library, service, StringComparison.Ordinal);
        return message;
    }

    /// <summary>Says of one model what a message says of models in general.</summary>
    /// <param name="message">What is wrong with a cell.</param>
    /// <param name="takesNull">Whether the model takes a missing cell of that column.</param>
    public static string OfModel(string message, bool takesNull) => takesNull
        ? message.Replace(AnyModel, "This model also takes null here", StringComparison.Ordinal)
        : message.Replace($"{AnyModel}, for a value that is not known", NoNull, StringComparison.Ordinal).Replace(AnyModel, NoNull, StringComparison.Ordinal);

    /// <summary>Whether an exception means no more than that the client went away.</summary>
    public static bool IsDisconnect(Exception exception, HttpContext context) =>
        exception is ConnectionResetException or ConnectionAbortedException
        || (exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested);
}
