namespace AnomalyKit.Serving.Protocol;

/// <summary>One output that a request asks for.</summary>
/// <param name="Name">Which.</param>
/// <param name="IsBinary">Whether it is wanted as bytes; null where the request does not say so of this one.</param>
internal readonly record struct RequestedOutput(OutputName Name, bool? IsBinary);
