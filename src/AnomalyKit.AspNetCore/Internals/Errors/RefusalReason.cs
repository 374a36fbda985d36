using System.Text.Json;

namespace AnomalyKit.Serving.Errors;

/// <summary>Why requests are refused, in the few words that meters and logs use.</summary>
internal static class RefusalReason
{
    public const string Row = "row";
    public const string Json = "json";
    public const string Request = "request";
    public const string NoKey = "no_key";
    public const string NotAdmin = "not_admin";
    public const string UnknownModel = "unknown_model";
    public const string UnknownRoute = "unknown_route";
    public const string Method = "method";
    public const string Timeout = "timeout";
    public const string Conflict = "conflict";
    public const string BodySize = "body_size";
    public const string RowCount = "row_count";
    public const string Encoding = "encoding";
    public const string Busy = "busy";
    public const string KeyRate = "key_rate";
    public const string Model = "model";
    public const string Memory = "memory";
    public const string Other = "other";

    /// <summary>The reason of a refusal that does not state one.</summary>
    public static string Of(RequestException problem) => problem.Status switch
    {
        StatusCodes.Status400BadRequest => problem.Row >= 0 || problem.Column is not null ? Row : problem.InnerException is JsonException ? Json : Request,
        StatusCodes.Status401Unauthorized => NoKey,
        StatusCodes.Status403Forbidden => NotAdmin,
        StatusCodes.Status404NotFound => problem.InnerException is ModelNotFoundException ? UnknownModel : UnknownRoute,
        StatusCodes.Status405MethodNotAllowed => Method,
        StatusCodes.Status408RequestTimeout => Timeout,
        StatusCodes.Status409Conflict => Conflict,
        StatusCodes.Status413PayloadTooLarge => problem.Row >= 0 ? RowCount : BodySize,
        StatusCodes.Status415UnsupportedMediaType => Encoding,
        StatusCodes.Status429TooManyRequests => Busy,
        StatusCodes.Status503ServiceUnavailable => problem.InnerException is OutOfMemoryException ? Memory : Model,
        _ => Other,
    };
}
