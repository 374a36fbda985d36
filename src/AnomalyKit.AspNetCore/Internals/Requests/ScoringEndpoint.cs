using System.Buffers;

namespace AnomalyKit.Serving.Requests;

/// <summary>What every request that is answered as a whole has in common: the body comes in, the gate lets it through, the work is done on one thread, the answer goes out.</summary>
internal abstract class ScoringEndpoint(ScoringRequests requests)
{
    // Below this an answer is left to the server, which sends it with the end of the request.
    private const int MaxUnflushedBytes = 32 << 10;

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <returns>Done when the answer was handed to the server.</returns>
    public async Task InvokeAsync(HttpContext context)
    {
        Check(context);
        bool isCompressed = BodyDecompression.IsNeeded(context.Request);
        var body = await requests.Bodies.ReadAsync(context);
        try
        {
            if (!requests.Gate.TryEnter())
                await requests.Gate.EnterAsync(context.RequestAborted);
            try
            {
                if (isCompressed)
                    AnswerCompressed(context, body);
                else
                    Answer(context, body.Bytes);
            }
            finally
            {
                requests.Gate.Leave();
            }

            var writer = context.Response.BodyWriter;
            if (writer.CanGetUnflushedBytes && writer.UnflushedBytes > MaxUnflushedBytes)
                await writer.FlushAsync(context.RequestAborted);
        }
        finally
        {
            body.Dispose();
        }
    }

    /// <summary>Refuses what can be refused before the body is read.</summary>
    protected virtual void Check(HttpContext context)
    {
    }

    /// <summary>Reads the body, scores, and writes the answer to <see cref="HttpResponse.BodyWriter"/> without flushing it. Nothing may be written before all that can fail is done.</summary>
    /// <param name="context">The request.</param>
    /// <param name="body">Its body; valid until the method returns.</param>
    protected abstract void Answer(HttpContext context, ReadOnlySequence<byte> body);

    private void AnswerCompressed(HttpContext context, in RequestBody body)
    {
        using var expanded = requests.Decompression.Expand(context.Request, body);
        Answer(context, expanded.Bytes);
    }
}
