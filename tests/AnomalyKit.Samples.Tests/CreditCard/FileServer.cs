using System.Net;
using System.Net.Sockets;

namespace AnomalyKit.Samples.Tests.CreditCard;

/// <summary>Serves one content over HTTP on this machine, with the faults that a test asks for.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly HttpListener _listener;
    private readonly byte[] _content;

    public FileServer(byte[] content)
    {
        _content = content;
        (_listener, Address) = Listen();
        _ = Task.Run(ServeAsync);
    }

    public Uri Address { get; }

    /// <summary>Whether a range of the content can be asked for.</summary>
    public bool KnowsRanges { get; init; } = true;

    /// <summary>How many of the first answers break off after half of what they should send.</summary>
    public int Cuts { get; set; }

    /// <summary>How many of the first answers are this status instead.</summary>
    public int Failures { get; set; }

    public HttpStatusCode FailureStatus { get; init; } = HttpStatusCode.ServiceUnavailable;

    /// <summary>The first byte that each request asked for.</summary>
    public List<long> RequestedFrom { get; } = [];

    public void Dispose() => _listener.Close();

    private static (HttpListener Listener, Uri Address) Listen()
    {
        for (int attempt = 1; ; attempt++)
        {
            var address = new Uri($"http://127.0.0.1:{FreePort()}/creditcard.csv");
            var listener = new HttpListener();
            listener.Prefixes.Add(new Uri(address, "/").ToString());
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException) when (attempt < 20)
            {
                // Somebody else was given the port in between.
                listener.Close();
            }
        }
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                Answer(await _listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // The test is over, or the client has gone.
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var response = context.Response;
        string? range = context.Request.Headers["Range"];
        long from = range is null ? 0 : long.Parse(range["bytes=".Length..].TrimEnd('-'), System.Globalization.CultureInfo.InvariantCulture);
        RequestedFrom.Add(from);
        if (Failures-- > 0)
        {
            response.StatusCode = (int)FailureStatus;
            response.Close();
            return;
        }

        if (range is null || !KnowsRanges)
            from = 0;
        else
            response.Headers["Content-Range"] = from < _content.Length ? $"bytes {from}-{_content.Length - 1}/{_content.Length}" : $"bytes */{_content.Length}";
        response.StatusCode = from >= _content.Length ? 416 : range is null || !KnowsRanges ? 200 : 206;
        byte[] part = from >= _content.Length ? [] : _content[(int)from..];
        response.ContentLength64 = part.Length;
        if (Cuts-- > 0)
        {
            response.OutputStream.Write(part, 0, part.Length / 2);
            response.OutputStream.Flush();

            // Time for the client to take what was sent before the connection breaks.
            Thread.Sleep(100);
            response.Abort();
            return;
        }

        response.OutputStream.Write(part);
        response.Close();
    }
}
