using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Refusals;
using Grpc.Core;

namespace AnomalyKit.Serving.Calls;

/// <summary>Errors as statuses of gRPC.</summary>
internal static class CallErrors
{
    /// <summary>What a client is told of an exception, taken down as a refusal.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="refusals">Takes it down.</param>
    /// <param name="context">The call; null where only the transport knows it.</param>
    /// <returns>The status; null where the service itself is at fault.</returns>
    public static RpcException? Refused(Exception exception, RefusalLog refusals, HttpContext? context)
    {
        if (Problem.Of(exception) is not { } problem)
            return null;
        refusals.Add(context, problem);
        return Of(problem);
    }

    /// <summary>What a client is told of an exception.</summary>
    /// <returns>The status; null where the service itself is at fault.</returns>
    public static RpcException? Of(Exception exception)
    {
        if (Problem.Of(exception) is not { } problem)
            return null;
        var trailers = new Metadata();
        // What clients of gRPC look at before they try again, in milliseconds.
        if (problem.RetryAfter is { } wait)
            trailers.Add("grpc-retry-pushback-ms", ((long)wait.TotalMilliseconds).ToString(System.Globalization.CultureInfo.InvariantCulture));
        return new RpcException(new Status((StatusCode)GrpcStatus.CodeOf(problem.Status), problem.Message), trailers);
    }
}
