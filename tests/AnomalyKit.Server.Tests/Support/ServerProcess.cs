using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace AnomalyKit.Server.Tests.Support;

/// <summary>The built server as a process, at ports that the system chose.</summary>
/// <remarks>The variable <c>ANOMALYKIT_SERVER</c> names another program to test: the native one, for example.</remarks>
internal sealed class ServerProcess : IAsyncDisposable
{
    public const string AnyPort = "http://127.0.0.1:0";

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private ServerProcess(Process process) => _process = process;

    public Uri Http { get; private set; } = null!;

    public int Id => _process.Id;

    public string Log => string.Join('\n', _log);

    public string Errors => string.Join('\n', _errors);

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts the server, and waits until it listens.</summary>
    public static async Task<ServerProcess> StartAsync(params string[] args)
    {
        var server = Start(["--urls", AnyPort, .. args]);
        try
        {
            await server.ListeningAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs the program to its end, which must come by itself.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string[] args, IReadOnlyDictionary<string, string>? environment = null)
    {
        await using var server = Start(args, environment);
        int code = await server.WaitAsync();
        return (code, server.Log, server.Errors);
    }

    public static ServerProcess Start(string[] args, IReadOnlyDictionary<string, string>? environment = null)
    {
        string? native = Environment.GetEnvironmentVariable("ANOMALYKIT_SERVER");
        string program = Path.Combine(AppContext.BaseDirectory, "AnomalyKit.Server.dll");
        var start = native is null ? new ProcessStartInfo("dotnet", [program, .. args]) : new ProcessStartInfo(native, args);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var server = new ServerProcess(new Process { StartInfo = start });
        server._process.OutputDataReceived += (_, line) => Keep(server._log, line.Data);
        server._process.ErrorDataReceived += (_, line) => Keep(server._errors, line.Data);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        return server;
    }

    public async Task ListeningAsync() => Http = new Uri(await UntilAsync(() => Addresses().FirstOrDefault()));

    /// <summary>The address for gRPC, of a server that was started with <c>--grpc-urls</c>.</summary>
    public async Task<Uri> GrpcAsync() => new(await UntilAsync(() => Addresses().Skip(1).FirstOrDefault()));

    public HttpClient Client() => new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Http, Timeout = Patience.Long };

    public async Task ReadyAsync()
    {
        using var client = Client();
        await UntilAsync(async () => (await client.GetAsync("/v2/health/ready")).IsSuccessStatusCode);
    }

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<int> WaitAsync()
    {
        using var patience = new CancellationTokenSource(Patience.Long);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async Task UntilAsync(Func<Task<bool>> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
            await PauseAsync(watch);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<T> UntilAsync<T>(Func<T?> value)
        where T : class
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            if (value() is { } found)
                return found;
            await PauseAsync(watch);
        }
    }

    private async Task PauseAsync(Stopwatch watch)
    {
        if (watch.Elapsed > Patience.Long || _process.HasExited)
            throw new InvalidOperationException(new StringBuilder("The server did not get there.\n").AppendLine(Log).AppendLine(Errors).ToString());
        await Task.Delay(20);
    }

    private string[] Addresses()
    {
        const string Mark = "Listening on ";
        return [.. _log.Where(line => line.Contains(Mark, StringComparison.Ordinal)).Select(line => line[(line.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..].Trim())];
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }
}
