using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AnomalyKit.Tracking.Tests.Mlflow;

/// <summary>A server that speaks MLflow's REST protocol 2.0, holds every request against its published contract, and fails as it is told. It listens on this machine, at a port that the system chose.</summary>
internal sealed class StandInMlflow : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Fault>> _faults = new();

    private StandInMlflow(WebApplication app) => _app = app;

    public string Uri { get; private set; } = string.Empty;

    /// <summary>What the server knows.</summary>
    public StandInState State { get; } = new();

    /// <summary>What requests broke of the contract.</summary>
    public ConcurrentQueue<string> Violations { get; } = new();

    /// <summary>The paths that were asked for, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Whether connections are cut without an answer.</summary>
    public bool IsAway { get; set; }

    /// <summary>What happens elsewhere while the server takes an artifact; it happens once.</summary>
    public Action? Meanwhile { get; set; }

    /// <summary>How a request fails, by its path and its body, as often as it is made; null where it does not.</summary>
    public Func<string, string, Fault?> FaultOf { get; set; } = (_, _) => null;

    /// <summary>How long each answer takes.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Whether answers with an artifact stop after their first byte.</summary>
    public bool IsStuck { get; set; }

    /// <summary>The header that requests must have; null for none.</summary>
    public string? Authorization { get; set; }

    public static async Task<StandInMlflow> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new StandInMlflow(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        server.Uri = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return server;
    }

    /// <summary>Lets the next requests to a path fail, each in a way of its own.</summary>
    public void Fail(string path, params Fault[] faults)
    {
        foreach (var fault in faults)
            _faults.GetOrAdd(path, _ => new()).Enqueue(fault);
    }

    public int Count(string path) => Requests.Count(request => request == path);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path.Value!;
        if (IsAway)
        {
            context.Abort();
            return;
        }

        string name = path.Replace("/api/2.0/mlflow/", string.Empty, StringComparison.Ordinal);
        Requests.Enqueue(name);
        if (Authorization is not null && context.Request.Headers.Authorization != Authorization)
        {
            context.Response.StatusCode = 401;
            return;
        }

        using var memory = new MemoryStream();
        await context.Request.Body.CopyToAsync(memory);
        byte[] body = memory.ToArray();
        await Task.Delay(Delay);
        Fault? fault = FaultOf(name, Encoding.UTF8.GetString(body)) ?? (_faults.TryGetValue(name, out var waiting) && waiting.TryDequeue(out var next) ? next : null);
        if (fault is { IsCommitted: false })
        {
            await FailAsync(context, fault);
            return;
        }

        var (status, answer) = Act(context, name, body);
        if (fault is not null)
        {
            await FailAsync(context, fault);
            return;
        }

        context.Response.StatusCode = status;
        if (answer is byte[] { Length: > 1 } some && IsStuck)
        {
            context.Response.ContentLength = some.Length;
            await context.Response.Body.WriteAsync(some.AsMemory(0, 1));
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        if (answer is byte[] bytes)
            await context.Response.Body.WriteAsync(bytes);
        else
            await context.Response.WriteAsync(((JsonNode)answer).ToJsonString());
    }

    private (int Status, object Answer) Act(HttpContext context, string name, byte[] body)
    {
        const string Artifacts = "/api/2.0/mlflow-artifacts/artifacts/";
        try
        {
            if (name.StartsWith(Artifacts, StringComparison.Ordinal))
            {
                var meanwhile = Meanwhile;
                Meanwhile = null;
                meanwhile?.Invoke();
                return (200, State.Artifact(context.Request.Method, name[Artifacts.Length..], body));
            }

            var fields = MlflowContract.Read(context.Request, name, body);
            return (200, State.Act(context.Request.Method, name, fields));
        }
        catch (ContractException e)
        {
            Violations.Enqueue($"{name}: {e.Message}");
            return (400, new JsonObject { ["error_code"] = "BAD_REQUEST", ["message"] = e.Message });
        }
        catch (MlflowErrorException e)
        {
            return (e.Status, new JsonObject { ["error_code"] = e.Code, ["message"] = e.Message });
        }
        catch (JsonException e)
        {
            Violations.Enqueue($"{name}: {e.Message}");
            return (400, new JsonObject { ["error_code"] = "MALFORMED_REQUEST", ["message"] = e.Message });
        }
    }

    private static async Task FailAsync(HttpContext context, Fault fault)
    {
        if (fault.Status == 0)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = fault.Status;
        if (fault.RetryAfter is { } seconds)
            context.Response.Headers.RetryAfter = seconds;
        if (fault.Body is { } body)
            await context.Response.WriteAsync(body);
    }
}

/// <summary>A way to fail.</summary>
/// <param name="Status">The status that is answered; 0 cuts the connection.</param>
/// <param name="IsCommitted">Whether what was asked for is done all the same.</param>
/// <param name="RetryAfter">When the server wants to be asked again; null where it does not say.</param>
/// <param name="Body">What is answered.</param>
internal sealed record Fault(int Status, bool IsCommitted = false, string? RetryAfter = null, string? Body = null);

/// <summary>A request that breaks the contract.</summary>
internal sealed class ContractException(string message) : Exception(message);

/// <summary>An error that MLflow answers by the contract.</summary>
internal sealed class MlflowErrorException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;
}
