namespace AnomalyKit.Autoencoder;

/// <summary>The weights of a network without the padding that managed kernels need: layer by layer, inputs × outputs, then biases.</summary>
internal static class CompactParameters
{
    public static int Length(NetworkLayout layout) =>
        checked((int)Enumerable.Range(0, layout.Layers).Sum(layer => ((long)layout.Widths[layer] + 1) * layout.Widths[layer + 1]));

    public static float[] From(NetworkLayout layout, ReadOnlySpan<float> padded)
    {
        var compact = new float[Length(layout)];
        int at = 0;
        foreach (var (start, count) in Rows(layout))
        {
            padded.Slice(start, count).CopyTo(compact.AsSpan(at));
            at += count;
        }

        return compact;
    }

    public static float[] Pad(NetworkLayout layout, ReadOnlySpan<float> compact)
    {
        var padded = new float[layout.Length];
        int at = 0;
        foreach (var (start, count) in Rows(layout))
        {
            compact.Slice(at, count).CopyTo(padded.AsSpan(start));
            at += count;
        }

        return padded;
    }

    private static IEnumerable<(int Start, int Count)> Rows(NetworkLayout layout)
    {
        for (int layer = 0; layer < layout.Layers; layer++)
        {
            for (int i = 0; i < layout.Widths[layer]; i++)
                yield return (layout.Weights(layer) + (i * layout.Stride(layer + 1)), layout.Widths[layer + 1]);
            yield return (layout.Biases(layer), layout.Widths[layer + 1]);
        }
    }
}
