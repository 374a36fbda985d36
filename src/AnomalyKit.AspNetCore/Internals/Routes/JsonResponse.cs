using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AnomalyKit.Serving.Routes;

/// <summary>Answers with an object of JSON.</summary>
internal static class JsonResponse
{
    /// <summary>How all answers are written. Their type says that they are not HTML, so that quotes and letters of other scripts can stay as they are.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="context">The request; the status is that of its response.</param>
    /// <param name="write">Writes the members of the object.</param>
    public static Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(body, WriterOptions))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return WriteAsync(context, "application/json", body.WrittenMemory);
    }

    public static Task WriteAsync(HttpContext context, string type, ReadOnlyMemory<byte> body)
    {
        var response = context.Response;
        response.ContentType = type;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    /// <summary>A number; null where it is not finite, which JSON cannot say.</summary>
    public static void WriteFinite(Utf8JsonWriter json, ReadOnlySpan<byte> name, float value)
    {
        if (float.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }

    /// <inheritdoc cref="WriteFinite(Utf8JsonWriter, ReadOnlySpan{byte}, float)"/>
    public static void WriteFinite(Utf8JsonWriter json, ReadOnlySpan<byte> name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }
}
