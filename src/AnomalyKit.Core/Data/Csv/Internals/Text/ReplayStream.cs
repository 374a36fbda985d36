namespace AnomalyKit.Csv;

/// <summary>Another stream, the rest of which can be looked at without losing it.</summary>
internal sealed class ReplayStream(Stream inner) : ReadOnlyStream
{
    private MemoryStream? _rest;

    public override int Read(Span<byte> buffer) => _rest?.Read(buffer) ?? inner.Read(buffer);

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
