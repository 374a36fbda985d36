using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using AnomalyKit.Serving.Models;
using AnomalyKit.Serving.Requests;
using AnomalyKit.Serving.Routes;
using AnomalyKit.Serving.Rows;

namespace AnomalyKit.Serving.Scoring;

/// <summary><c>POST /v1/models/{name}/score</c>: rows as objects or arrays, answered by scores, labels, p-values and reasons.</summary>
internal sealed class ScoreEndpoint(ScoringRequests requests, IDetectorPool pool) : ScoringEndpoint(requests)
{
    private readonly ScoringRequests _requests = requests;

    protected override void Check(HttpContext context) => ModelRoute.ModelOf(context, pool);

    protected override void Answer(HttpContext context, ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment)
        {
            Answer(context, body.FirstSpan);
            return;
        }

        using var whole = new PooledBytes(_requests.Gate, (int)body.Length);
        whole.Append(body, (int)body.Length);
        Answer(context, whole.Written.Span);
    }

    private void Answer(HttpContext context, ReadOnlySpan<byte> body)
    {
        long start = Stopwatch.GetTimestamp();
        var model = ModelRoute.ModelOf(context, pool);
        var query = ScoreQuery.Of(context.Request);
        var scores = new RowScores(model, query, _requests, context.RequestAborted);
        scores.Add(RowsText.Find(body));
        var response = context.Response;
        response.ContentType = "application/json";
        using var json = new Utf8JsonWriter(response.BodyWriter, JsonResponse.WriterOptions);
        Write(json, model, query, scores, Stopwatch.GetElapsedTime(start));
    }

    private static void Write(Utf8JsonWriter json, ServedModel model, ScoreQuery query, RowScores scores, TimeSpan elapsed)
    {
        json.WriteStartObject();
        json.WriteString("model"u8, model.Name);
        json.WriteString("version"u8, model.Version);
        JsonResponse.WriteFinite(json, "threshold"u8, model.Threshold);
        json.WriteStartArray("rows"u8);
        var values = scores.Scores;
        for (int row = 0; row < values.Length; row++)
        {
            json.WriteStartObject();
            ScoredRow.Write(json, model, values[row], scores.ReasonsOf(row));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (query.Explain > 0)
        {
            json.WriteNumber("explained_rows"u8, scores.Explainer.Explained);
            json.WriteNumber("unexplained_rows"u8, scores.Explainer.Unexplained);
        }

        json.WriteNumber("latency_ms"u8, Math.Round(elapsed.TotalMilliseconds, 3));
        json.WriteEndObject();
    }
}
