using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Requests;

/// <summary>What is said of bodies and requests that are too large.</summary>
internal static class BodyLimit
{
    public static RequestException TooLarge(long maxBytes) => new(
        StatusCodes.Status413PayloadTooLarge,
        FormattableString.Invariant($"The body is larger than {maxBytes} bytes, the limit of this service for one request after decompression. Send fewer rows at a time, or stream lines."));

    public static RequestException TooManyRows(int maxRows) => new(
        StatusCodes.Status413PayloadTooLarge,
        FormattableString.Invariant($"The request has more than {maxRows} rows, the limit of this service for one request. Send fewer rows at a time, or stream lines."))
    { Row = maxRows };
}
