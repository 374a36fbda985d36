using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AnomalyKit.Server.Tests.Support;

/// <summary>Clients that send requests one after the other, each over a connection that it keeps, until they are told to end or the server is gone.</summary>
internal sealed class Load : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly HttpClient _client;
    private readonly Task[] _clients;
    private long _answered;
    private volatile string? _lost;

    public Load(Uri server, int clients, int columns)
    {
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server, Timeout = Patience.Long };
        string body = $$"""{"data": [[{{string.Join(',', Enumerable.Repeat("0.5", columns))}}]]}""";
        _clients = [.. Enumerable.Range(0, clients).Select(_ => Task.Run(() => RunAsync(body)))];
    }

    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>The first request that was sent and not answered by 200; null where there is none.</summary>
    public string? Lost => _lost;

    public async Task UntilAsync(long answered)
    {
        while (Answered < answered && _lost is null && !_clients.All(client => client.IsCompleted))
            await Task.Delay(10);
    }

    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_clients);
    }

    public Task UntilTheServerIsGoneAsync() => Task.WhenAll(_clients);

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _client.Dispose();
        _end.Dispose();
    }

    private async Task RunAsync(string body)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using var content = new StringContent(body, Encoding.UTF8, "application/json");
                using var answer = await _client.PostAsync(new Uri("/predict", UriKind.Relative), content);
                string text = await answer.Content.ReadAsStringAsync();
                if (answer.StatusCode == HttpStatusCode.OK && text.Contains("predictions", StringComparison.Ordinal))
                    Interlocked.Increment(ref _answered);
                else
                    _lost ??= $"{(int)answer.StatusCode}: {text}";
            }
            catch (HttpRequestException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
            {
                // Nobody listens: nothing was sent.
                return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                _lost ??= e.ToString();
                return;
            }
        }
    }
}
