using AnomalyKit.Serving.Errors;
using Grpc.Core;

namespace AnomalyKit.Serving.Calls;

/// <summary>Errors as statuses of gRPC.</summary>
internal static class CallErrors
{
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
