using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace AnomalyKit.Protocol;

/// <summary>Requests to an MLflow server, one at a time and without retries, and what its answers mean.</summary>
internal sealed class MlflowHttp : IDisposable
{
    private const int MaxErrorBytes = 1 << 16;
    private const int MaxAnswerBytes = 256 << 20;

    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromMinutes(5);

    private readonly HttpClient _client;
    private readonly Uri _root;
    private readonly TimeSpan _timeout;

    public MlflowHttp(MlflowAddress address, MlflowOptions options)
    {
        _root = address.Uri;
        _timeout = options.RequestTimeout;
        // A redirection would carry the password to somebody else.
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2), ConnectTimeout = TimeSpan.FromSeconds(10) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
        _client.DefaultRequestHeaders.Authorization = address.Authorization(options);
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("AnomalyKit");
    }

    public string Server => _root.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <summary>Asks for something.</summary>
    /// <param name="path">The path below <c>api/2.0/mlflow/</c>.</param>
    /// <param name="query">Names and values.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<JsonDocument> GetAsync(string path, IEnumerable<(string Name, string Value)> query, CancellationToken cancellationToken)
    {
        string text = string.Join('&', query.Select(pair => $"{Uri.EscapeDataString(pair.Name)}={Uri.EscapeDataString(pair.Value)}"));
        return CallAsync(HttpMethod.Get, $"api/2.0/mlflow/{path}?{text}", null, cancellationToken);
    }

    /// <summary>Tells the server to do something.</summary>
    public Task<JsonDocument> SendAsync(HttpMethod method, string path, ReadOnlyMemory<byte> json, CancellationToken cancellationToken) =>
        CallAsync(method, $"api/2.0/mlflow/{path}", json, cancellationToken);

    /// <summary>Brings an artifact to the server.</summary>
    public async Task UploadAsync(string place, Stream content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Address($"api/2.0/mlflow-artifacts/artifacts/{EscapePath(place)}")) { Content = new StreamContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var answer = await AnswerAsync(request, HttpCompletionOption.ResponseContentRead, _timeout * 10, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens an artifact.</summary>
    /// <param name="place">Where it is below the server's own root of artifacts.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Stream> DownloadAsync(string place, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address($"api/2.0/mlflow-artifacts/artifacts/{EscapePath(place)}"));
        var answer = await AnswerAsync(request, HttpCompletionOption.ResponseHeadersRead, _timeout * 10, cancellationToken).ConfigureAwait(false);
        return new TimedStream(await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), Server, _timeout);
    }

    public void Dispose() => _client.Dispose();

    private static string EscapePath(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private Uri Address(string path) => new(_root, path);

    private async Task<JsonDocument> CallAsync(HttpMethod method, string path, ReadOnlyMemory<byte>? json, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, Address(path));
        if (json is { } body)
        {
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        using var answer = await AnswerAsync(request, HttpCompletionOption.ResponseContentRead, _timeout, cancellationToken).ConfigureAwait(false);
        byte[] bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonDocument.Parse(bytes);
        }
        catch (JsonException)
        {
            throw new ServerUnusableException($"{Server} answered {request.RequestUri!.AbsolutePath} with something that is not JSON. Check that the address is that of an MLflow server.");
        }
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, HttpCompletionOption completion, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        HttpResponseMessage answer;
        try
        {
            answer = await _client.SendAsync(request, completion, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ServerAwayException($"{Server} did not answer within {timeout.TotalSeconds:0} seconds.", mayHaveActed: true);
        }
        catch (HttpRequestException e)
        {
            throw new ServerAwayException($"{Server} cannot be reached: {e.Message}", mayHaveActed: e.HttpRequestError is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError));
        }
        catch (IOException e)
        {
            throw new ServerAwayException($"The connection to {Server} broke: {e.Message}", mayHaveActed: true);
        }

        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw await ErrorAsync(answer, request.RequestUri!.AbsolutePath, limit.Token).ConfigureAwait(false);
    }

    private async Task<Exception> ErrorAsync(HttpResponseMessage answer, string path, CancellationToken cancellationToken)
    {
        int status = (int)answer.StatusCode;
        var (code, message) = await ReadErrorAsync(answer, cancellationToken).ConfigureAwait(false);
        string said = message is null ? $"{Server} answered {path} with status {status}." : $"{Server} answered {path} with status {status}: {message}";
        return answer.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => new ServerAwayException(said, mayHaveActed: false, RetryAfter(answer)),
            HttpStatusCode.ServiceUnavailable => new ServerAwayException(said, mayHaveActed: true, RetryAfter(answer)),
            HttpStatusCode.RequestTimeout or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => new ServerAwayException(said, mayHaveActed: true, isOfRequest: true),
            // Servers of before 2.0 answer a conflict of parameters so; what MLflow names as a mistake of the request stays one.
            HttpStatusCode.InternalServerError when code is "INVALID_PARAMETER_VALUE" or "BAD_REQUEST" => new ServerRefusalException(code, said),
            // Proxies refuse what is too large with a page of their own.
            HttpStatusCode.RequestEntityTooLarge => new ServerRefusalException("REQUEST_TOO_LARGE", $"{said} The server, or a proxy in front of it, takes no request of this size. Raise its limit (client_max_body_size of nginx)."),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new ServerUnusableException(
                $"{said} Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, to the credentials of a user with write permission."),
            _ when status >= 500 => new ServerAwayException(said, mayHaveActed: true, isOfRequest: true),
            _ when status >= 400 && code is not (null or "ENDPOINT_NOT_FOUND") => new ServerRefusalException(code, said),
            _ => new ServerUnusableException($"{said} Check that the address is that of an MLflow server."),
        };
    }

    private static async Task<(string? Code, string? Message)> ReadErrorAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var bytes = new byte[MaxErrorBytes];
            int count = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            using var json = JsonDocument.Parse(bytes.AsMemory(0, count));
            return (json.RootElement.Text("error_code"), OneLine(json.RootElement.Text("message")));
        }
        catch (Exception e) when (e is JsonException or IOException or HttpRequestException or OperationCanceledException or InvalidOperationException)
        {
            return default;
        }
    }

    private static string? OneLine(string? text)
    {
        const int MaxLength = 500;
        string? line = text?.ReplaceLineEndings(" ");
        return line is { Length: > MaxLength } ? string.Concat(line.AsSpan(0, MaxLength), "…") : line;
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage answer)
    {
        var header = answer.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - DateTimeOffset.UtcNow : null);
        return wait is null ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait > MaxRetryAfter ? MaxRetryAfter : wait;
    }
}
