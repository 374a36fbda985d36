using System.Net;

namespace AnomalyKit.Dashboard.Tests;

/// <summary>A body that does not say how long it is: so many bytes, and then nothing more until it may end.</summary>
internal sealed class SlowContent(int length, Task end) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(new byte[length]);
        await stream.FlushAsync();
        await end;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
