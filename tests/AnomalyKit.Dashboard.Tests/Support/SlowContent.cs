using System.Net;

namespace AnomalyKit.Dashboard.Tests;

/// <summary>A body that does not say how long it is: so many bytes, and then nothing more until it may end.</summary>
internal sealed class SlowContent(int length, Task end) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(new byte[length], cancellationToken);
        await stream.FlushAsync(cancellationToken);
        await end.WaitAsync(cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
