namespace AnomalyKit.Serving.Protocol;

/// <summary>What the protocol tells of the server, over whichever transport.</summary>
internal static class ServerMetadata
{
    public const string Name = "anomalykit";

    public static string Version { get; } = typeof(ServerMetadata).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>Triton's names.</summary>
    public static IReadOnlyList<string> Extensions { get; } = ["binary_tensor_data"];
}
