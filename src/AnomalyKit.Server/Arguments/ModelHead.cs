namespace AnomalyKit.Server.Arguments;

/// <summary>The first bytes of a model file: a length of 8 bytes, then the header of safetensors.</summary>
internal static class ModelHead
{
    private static ReadOnlySpan<byte> Metadata => "{\"__metadata__\":{"u8;

    /// <summary>Whether a file begins as models do; false where there is none.</summary>
    public static bool IsModel(string path)
    {
        if (!File.Exists(path))
            return false;
        Span<byte> head = stackalloc byte[8 + Metadata.Length];
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head[8..].SequenceEqual(Metadata);
    }
}
