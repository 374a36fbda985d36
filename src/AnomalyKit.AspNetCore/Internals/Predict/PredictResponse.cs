using System.Buffers.Text;

namespace AnomalyKit.Serving.Predict;

/// <summary>Writes <c>{"predictions": [0, 1, …], "latency_ms": x}</c>.</summary>
internal static class PredictResponse
{
    private const int MaxRest = 64;

    public static void Write(HttpResponse response, ReadOnlySpan<float> scores, double threshold, TimeSpan elapsed)
    {
        var room = response.BodyWriter.GetSpan(checked((2 * scores.Length) + MaxRest));
        var head = "{\"predictions\":["u8;
        head.CopyTo(room);
        int at = head.Length;
        foreach (float score in scores)
        {
            room[at++] = score > threshold ? (byte)'1' : (byte)'0';
            room[at++] = (byte)',';
        }

        if (!scores.IsEmpty)
            at--;
        var tail = "],\"latency_ms\":"u8;
        tail.CopyTo(room[at..]);
        at += tail.Length;
        Utf8Formatter.TryFormat(elapsed.TotalMilliseconds, room[at..], out int written, new('F', 3));
        at += written;
        room[at++] = (byte)'}';
        response.ContentType = "application/json";
        response.ContentLength = at;
        response.BodyWriter.Advance(at);
    }
}
