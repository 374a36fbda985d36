namespace AnomalyKit.Serving.Errors;

/// <summary>How errors are answered.</summary>
internal enum ErrorForm
{
    /// <summary>Problem details of RFC 9457; to a request of gRPC, a status of gRPC.</summary>
    Problem,

    /// <summary><c>{"error": "…"}</c>, as the Open Inference Protocol has it.</summary>
    Protocol,
}
