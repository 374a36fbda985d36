using System.Globalization;
using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Keys;
using AnomalyKit.Serving.Refusals;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace AnomalyKit.Serving.Guarding;

/// <summary>Stands around endpoints: asks for a key before, and turns whatever escapes into an answer after.</summary>
internal sealed partial class EndpointGuard(KeyRing keys, RefusalLog refusals, ILogger<EndpointGuard> logger)
{
    private static readonly RequestException NoKey = new(
        StatusCodes.Status401Unauthorized, "This service needs an API key. Send a valid one in the header X-Api-Key, or as Authorization: Bearer.");

    private static readonly RequestException NoAdmin = new(
        StatusCodes.Status403Forbidden, "The API key does not belong to an administrator. Use the key of an administrator.");

    /// <summary>A convention that guards the endpoints that it is applied to.</summary>
    public Action<EndpointBuilder> Convention(EndpointAccess access, ErrorForm form) => endpoint =>
    {
        if (endpoint.RequestDelegate is { } inner)
            endpoint.RequestDelegate = Wrap(inner, access, form);
    };

    public RequestDelegate Wrap(RequestDelegate inner, EndpointAccess access, ErrorForm form) => context =>
    {
        ApiKey? key = null;
        var refusal = access == EndpointAccess.Open ? null : Check(context.Request, access, out key);
        if (refusal is not null)
        {
            refusals.Add(context, refusal);
            return ErrorWriter.WriteAsync(context, form, refusal);
        }

        return access == EndpointAccess.Admin ? AdministerAsync(context, inner, form, key!.Name) : RunAsync(context, inner, form);
    };

    private RequestException? Check(HttpRequest request, EndpointAccess access, out ApiKey? key)
    {
        key = null;
        if (!keys.IsRequired && access != EndpointAccess.Admin)
            return null;
        key = keys.Find(request);
        if (key is null)
            return NoKey;
        if (access == EndpointAccess.Admin && !key.IsAdmin)
            return NoAdmin;
        if (key.Limit is { } limit && limit.TryTake() is var wait && wait > TimeSpan.Zero)
        {
            return new RequestException(
                StatusCodes.Status429TooManyRequests, FormattableString.Invariant($"The API key has used up its requests per second. Try again in {Math.Ceiling(wait.TotalSeconds)} s."))
            {
                RetryAfter = wait,
                Reason = RefusalReason.KeyRate,
            };
        }

        return null;
    }

    private async Task AdministerAsync(HttpContext context, RequestDelegate inner, ErrorForm form, string key)
    {
        // What a path holds stays encoded: it must not look like a line of the log.
        var request = context.Request;
        string path = request.Path.ToUriComponent() + request.QueryString.ToUriComponent();
        LogAdmin(request.Method, path, key);
        try
        {
            await RunAsync(context, inner, form);
        }
        finally
        {
            LogAdminAnswer(request.Method, path, key, context.RequestAborted.IsCancellationRequested ? "the client had left" : context.Response.StatusCode.ToString(CultureInfo.InvariantCulture));
        }
    }

    private async Task RunAsync(HttpContext context, RequestDelegate inner, ErrorForm form)
    {
        try
        {
            await inner(context);
        }
        catch (Exception e)
        {
            if (Problem.IsDisconnect(e, context))
                return;
            if (e is OutOfMemoryException)
                LogOutOfMemory(context.Request.Path.ToUriComponent());
            var problem = Problem.Of(e);
            if (problem is not null)
            {
                refusals.Add(context, problem);
            }
            else
            {
                LogFailed(e, context.Request.Path.ToUriComponent());
                problem = new RequestException(StatusCodes.Status500InternalServerError, $"The service failed. Its log has the reason under the trace id {context.TraceIdentifier}.");
            }

            await ErrorWriter.WriteAsync(context, form, problem);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A request to {Path} failed.")]
    private partial void LogFailed(Exception exception, string path);

    [LoggerMessage(3, LogLevel.Error, "A request to {Path} found too little memory. Lower AnomalyDetection:Serving:MaxBufferedBytes, MaxScoringRequests or MaxRequestRows, or give the process more.")]
    private partial void LogOutOfMemory(string path);

    [LoggerMessage(2, LogLevel.Information, "Administration: {Method} {Path} by API key '{Key}'.")]
    private partial void LogAdmin(string method, string path, string key);

    [LoggerMessage(4, LogLevel.Information, "Administration: {Method} {Path} by API key '{Key}' has ended: {Answer}.")]
    private partial void LogAdminAnswer(string method, string path, string key, string answer);
}
