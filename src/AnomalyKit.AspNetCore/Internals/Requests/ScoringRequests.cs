using AnomalyKit.Serving.Refusals;
using Microsoft.Extensions.Options;

namespace AnomalyKit.Serving.Requests;

/// <summary>How requests to score are let in and read; one for all endpoints of a host.</summary>
internal sealed class ScoringRequests
{
    public ScoringRequests(IOptions<AnomalyServingOptions> options, RefusalLog refusals)
    {
        Options = options.Value;
        Refusals = refusals;
        Gate = new RequestGate(Options);
        Bodies = new BodyReader(Gate, Options);
        Decompression = new BodyDecompression(Gate, Options);
    }

    public AnomalyServingOptions Options { get; }

    /// <summary>Takes down what is refused.</summary>
    public RefusalLog Refusals { get; }

    public RequestGate Gate { get; }

    public BodyReader Bodies { get; }

    public BodyDecompression Decompression { get; }
}
