using System.Buffers;
using System.Globalization;
using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Models;
using AnomalyKit.Serving.Requests;

namespace AnomalyKit.Serving.Protocol;

/// <summary><c>POST /v2/models/{model}[/versions/{version}]/infer</c>.</summary>
internal sealed class InferEndpoint(ScoringRequests requests, Inferring inferring, IDetectorPool pool) : ScoringEndpoint(requests)
{
    private const string LengthHeader = "Inference-Header-Content-Length";

    protected override void Check(HttpContext context) => ModelRoute.ModelOf(context, pool);

    protected override void Answer(HttpContext context, ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment)
        {
            Answer(context, body.First);
            return;
        }

        byte[] whole = ArrayPool<byte>.Shared.Rent((int)body.Length);
        try
        {
            body.CopyTo(whole);
            Answer(context, whole.AsMemory(0, (int)body.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    private void Answer(HttpContext context, ReadOnlyMemory<byte> body)
    {
        var request = JsonInferReader.Read(body, JsonLength(context.Request));
        using var result = inferring.Infer(ModelRoute.ModelOf(context, pool), request, context);
        using var answer = new PooledBuffer();
        int? jsonLength = InferResultWriter.Write(result, answer);
        var response = context.Response;
        response.ContentType = jsonLength is null ? "application/json" : "application/octet-stream";
        if (jsonLength is { } length)
            response.Headers[LengthHeader] = length.ToString(CultureInfo.InvariantCulture);
        response.ContentLength = answer.Count;
        response.BodyWriter.Write(answer.Written.Span);
    }

    private static int? JsonLength(HttpRequest request)
    {
        var header = request.Headers[LengthHeader];
        if (header.Count == 0)
            return null;
        return header.Count == 1 && int.TryParse(header[0], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            ? length
            : throw RequestException.Invalid($"{LengthHeader} is '{Quoted.Text(header.ToString())}'; it is the number of bytes of the JSON object with which the body begins.");
    }
}
