using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Models;
using AnomalyKit.Serving.Numbers;
using AnomalyKit.Serving.Requests;
using AnomalyKit.Serving.Routes;

namespace AnomalyKit.Serving.Predict;

/// <summary><c>POST /predict {"data": [[…]]}</c>, answered by <c>{"predictions": [0, 1, …], "latency_ms": x}</c>.</summary>
internal sealed class PredictEndpoint(ScoringRequests requests, IDetectorPool pool) : ScoringEndpoint(requests)
{
    private readonly RequestGate _gate = requests.Gate;
    private readonly int _maxRows = requests.Options.MaxRequestRows;

    protected override void Answer(HttpContext context, ReadOnlySequence<byte> body)
    {
        long start = Stopwatch.GetTimestamp();
        var model = Model(context.Request);
        using var values = new PooledValues(_gate);
        int rows = ReadData(body, values, model.Columns);
        float[]? rented = rows > 128 ? ArrayPool<float>.Shared.Rent(rows) : null;
        var scores = rented is null ? stackalloc float[128] : rented;
        scores = scores[..rows];
        try
        {
            model.Score(values.Written, scores, ClientGone.TokenFor(context, rows));
            PredictResponse.Write(context.Response, scores, model.Threshold, Stopwatch.GetElapsedTime(start));
        }
        finally
        {
            if (rented is not null)
                ArrayPool<float>.Shared.Return(rented);
        }
    }

    private ServedModel Model(HttpRequest request)
    {
        QueryParameters.Check(request, "model");
        string? name = request.QueryString.HasValue ? request.Query["model"] : default;
        var model = string.IsNullOrEmpty(name)
            ? pool.DefaultModel ?? throw NoDefault()
            : ModelRoute.Find(pool, name, version: null);
        if (!model.TakesValues)
        {
            throw RequestException.Invalid(
                $"Model '{model.Name}' has columns that are not numbers ({NotNumbers(model.Columns)}). Send rows as objects to /v1/models/{model.Name}/score.");
        }

        return model;
    }

    private static string NotNumbers(TableSchema columns)
    {
        const int MostNames = 40;
        TableField[] others = [.. columns.Fields.Where(field => field.Kind != ColumnKind.Number)];
        return string.Join(", ", others.Take(MostNames)) + (others.Length > MostNames ? ", …" : "");
    }

    // Only a client that does not choose among several is at fault itself.
    private RequestException NoDefault() =>
        pool is DetectorPool { HasTriedAll: false } files ? MissingModel.NotYet(files)
        : pool.Models.Count == 0 ? MissingModel.Unavailable("No model is served. /health/ready says why, and the log of the service has the details.", isLoading: false)
        : pool is DetectorPool { DefaultModelError: { } error } ? MissingModel.Unavailable($"{error} Or choose a model by /predict?model=NAME.", isLoading: false)
        : new RequestException(
            StatusCodes.Status404NotFound,
            $"There are several models, and none is the default. Choose one by /predict?model=NAME, or set {AnomalyDetectionOptions.SectionName}:{nameof(AnomalyDetectionOptions.DefaultModel)}. Served are: {string.Join(", ", pool.Models.Select(model => model.Name).Distinct())}.");

    private int ReadData(ReadOnlySequence<byte> body, PooledValues values, TableSchema columns)
    {
        var reader = new Utf8JsonReader(JsonText.WithoutMark(body));
        int rows = -1;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw JsonProblem.Unexpected(ref reader, -1, null, "an object {\"data\": [[…], …]}");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isData = JsonText.NameIs(ref reader, "data"u8);
            reader.Read();
            if (!isData)
            {
                reader.Skip();
                continue;
            }

            if (rows >= 0)
                throw RequestException.Invalid("The request has 'data' twice. Give it once.");
            if (reader.TokenType != JsonTokenType.StartArray)
                throw JsonProblem.Unexpected(ref reader, -1, null, "an array of rows as 'data'");
            rows = JsonNumbers.ReadRows(ref reader, values, columns, _maxRows);
        }

        // What follows the object is an error, which the reader throws.
        reader.Read();
        return rows >= 0 ? rows : throw RequestException.Invalid("The request has no 'data'. Give an array of rows: {\"data\": [[…], …]}.");
    }
}
