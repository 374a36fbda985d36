using System.IO.Pipelines;
using AnomalyKit.Serving.Errors;
using Microsoft.AspNetCore.Http.Features;

namespace AnomalyKit.Serving.Requests;

/// <summary>Reads whole bodies, with or without a length, within limits of size and time.</summary>
internal sealed class BodyReader(RequestGate gate, AnomalyServingOptions options)
{
    // Up to here a body is used where it lies: in the pipe of its connection, which holds as much anyway.
    private const int MaxPipeBytes = 32 << 10;
    private const int FirstBytes = 16 << 10;

    /// <summary>Reads the body as it was sent; <see cref="BodyDecompression"/> is the next step where it is compressed.</summary>
    /// <returns>The body; to be disposed of once.</returns>
    /// <exception cref="RequestException">413: too large; 408: it did not arrive in time; 429: memory for bodies is full.</exception>
    /// <exception cref="OperationCanceledException">The client went away.</exception>
    public ValueTask<RequestBody> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength > options.MaxRequestBytes)
            return ValueTask.FromException<RequestBody>(TooLarge());
        if (request.ContentLength is > 0 and <= MaxPipeBytes and { } length && request.Headers.ContentEncoding.Count == 0)
        {
            var pipe = request.BodyReader;
            if (pipe.TryRead(out var result))
            {
                if (result.Buffer.Length == length)
                    return new ValueTask<RequestBody>(new RequestBody(pipe, result.Buffer));
                pipe.AdvanceTo(result.Buffer.Start);
            }
        }

        return ReadSlowAsync(context);
    }

    private async ValueTask<RequestBody> ReadSlowAsync(HttpContext context)
    {
        // The server's own limit counts what stands between the pieces of a body too; here the bytes themselves are counted. It ends what is read, and thrown away, after an answer.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = (2 * options.MaxRequestBytes) + (64 << 10);
        int max = (int)options.MaxRequestBytes;
        var pipe = context.Request.BodyReader;
        // The server's pipe can go on after this, and not after the cancellation of a token.
        using var deadline = new CancellationTokenSource(options.MaxBodyTime);
        using var late = deadline.Token.UnsafeRegister(static pipe => ((PipeReader)pipe!).CancelPendingRead(), pipe);
        // What a client says that it will send is not reserved before it comes.
        var bytes = new PooledBytes(gate, (int)Math.Clamp(context.Request.ContentLength ?? FirstBytes, 1024, FirstBytes));
        try
        {
            ReadResult result;
            do
            {
                result = await pipe.ReadAsync();
                try
                {
                    if (result.IsCanceled)
                        throw TooLate();
                    if (bytes.Count + result.Buffer.Length > max)
                        throw TooLarge();
                    bytes.Append(result.Buffer, max);
                }
                finally
                {
                    pipe.AdvanceTo(result.Buffer.End);
                }
            }
            while (!result.IsCompleted);
            return new RequestBody(bytes);
        }
        catch (Exception e)
        {
            bytes.Dispose();
            if (e is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
                throw TooLarge();
            throw;
        }
    }

    private RequestException TooLate() => new(
        StatusCodes.Status408RequestTimeout, FormattableString.Invariant($"The body did not arrive within {options.MaxBodyTime.TotalSeconds} s. Send it faster, or in smaller requests."));

    private RequestException TooLarge() => BodyLimit.TooLarge(options.MaxRequestBytes);
}
