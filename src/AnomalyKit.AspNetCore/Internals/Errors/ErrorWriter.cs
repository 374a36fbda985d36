using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace AnomalyKit.Serving.Errors;

/// <summary>Writes errors, always with a body.</summary>
internal static class ErrorWriter
{
    private const string ProblemType = "application/problem+json";

    // The type of the answer says that it is no HTML, so that quotes and letters of other scripts can stay as they are.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task WriteAsync(HttpContext context, ErrorForm form, RequestException problem)
    {
        var response = context.Response;
        if (response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            context.Abort();
            return Task.CompletedTask;
        }

        response.Clear();
        if (problem.RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (problem.Allow is { } methods)
            response.Headers.Allow = methods;
        if (problem.Status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer realm=\"AnomalyKit\"";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        // The rest of such a body is not waited for.
        if (problem.Status is StatusCodes.Status408RequestTimeout or StatusCodes.Status413PayloadTooLarge && !HttpProtocol.IsHttp2(context.Request.Protocol))
            response.Headers.Connection = "close";
        if (form == ErrorForm.Problem && GrpcStatus.IsAskedFor(context))
            return GrpcStatus.WriteAsync(context, problem);
        response.StatusCode = problem.Status;
        response.ContentType = form == ErrorForm.Protocol ? "application/json" : ProblemType;
        var body = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(body, Options))
            Write(json, form, problem);
        response.ContentLength = body.WrittenCount;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body.WrittenMemory).AsTask();
    }

    private static void Write(Utf8JsonWriter json, ErrorForm form, RequestException problem)
    {
        json.WriteStartObject();
        if (form == ErrorForm.Protocol)
        {
            json.WriteString("error", Wellformed(problem.Message));
        }
        else
        {
            json.WriteString("type", "about:blank");
            json.WriteString("title", ReasonPhrases.GetReasonPhrase(problem.Status) is { Length: > 0 } phrase ? phrase : "Error");
            json.WriteNumber("status", problem.Status);
            json.WriteString("detail", Wellformed(problem.Message));
            if (problem.Row >= 0)
                json.WriteNumber("row", problem.Row);
            if (problem.Column is { } column)
                json.WriteString("column", Wellformed(column));
            if (problem.Value is { } value)
                json.WriteString("value", Wellformed(value));
        }

        json.WriteEndObject();
    }

    /// <summary>A text whose halves of characters are replaced: the writer would refuse them.</summary>
    public static string Wellformed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
