using AnomalyKit.Streams;

namespace AnomalyKit.Csv;

/// <summary>Another stream, the first bytes and the rest of which can be looked at without losing them.</summary>
internal sealed class ReplayStream(Stream inner) : ForwardStream
{
    private byte[] _first = [];
    private MemoryStream? _rest;

    public override int Read(Span<byte> buffer)
    {
        if (_first.Length == 0)
            return _rest?.Read(buffer) ?? inner.Read(buffer);
        int taken = Math.Min(_first.Length, buffer.Length);
        _first.AsSpan(0, taken).CopyTo(buffer);
        _first = _first[taken..];
        return taken;
    }

    /// <summary>Sees to it that the first read gives as many bytes at once, if there are so many.</summary>
    public void Gather(int count)
    {
        var first = new byte[count];
        _first = first[..inner.ReadAtLeast(first, count, throwOnEndOfStream: false)];
    }

    /// <summary>Reads the rest into memory, from which later reads are served. Throws what the stream throws.</summary>
    public void Buffer()
    {
        if (_rest is not null)
            return;
        var rest = new MemoryStream();
        inner.CopyTo(rest);
        rest.Position = 0;
        _rest = rest;
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
