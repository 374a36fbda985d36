using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using AnomalyKit.Streams;

namespace AnomalyKit.Csv;

/// <summary>Reads another stream on a thread of its own, a few blocks ahead: unpacking then runs beside parsing.</summary>
/// <remarks>Only for streams whose reads end by themselves, such as files: disposing waits for the read in progress.</remarks>
internal sealed class ReadAheadStream : ForwardStream
{
    private const int BlockBytes = 1 << 18;
    private const int Blocks = 4;

    private readonly Stream _inner;
    private readonly BlockingCollection<Block> _filled = new(Blocks);
    private readonly BlockingCollection<Block> _free = new(Blocks);
    private readonly CancellationTokenSource _stop = new();
    private Task? _worker;
    private Block? _current;
    private int _used;
    private bool _disposed;

    public ReadAheadStream(Stream inner) => _inner = inner;

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_worker is null)
        {
            for (int i = 0; i < Blocks; i++)
                _free.Add(new Block());
            _worker = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        if (_current is null || _used == _current.Length)
        {
            // The last block, empty or with an error, stays: every further read ends the same way.
            if (_current is { IsLast: true })
                return End(_current);
            if (_current is not null)
                _free.Add(_current);
            _current = _filled.Take();
            _used = 0;
            if (_current.IsLast)
                return End(_current);
        }

        int taken = Math.Min(buffer.Length, _current.Length - _used);
        _current.Bytes.AsSpan(_used, taken).CopyTo(buffer);
        _used += taken;
        return taken;
    }

    public override async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            // The worker ends with the read in progress; nobody's thread has to wait for it.
            await _stop.CancelAsync().ConfigureAwait(false);
            if (_worker is not null)
                await _worker.ConfigureAwait(false);
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _stop.Cancel();
            _worker?.Wait();
            _filled.Dispose();
            _free.Dispose();
            _stop.Dispose();
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private static int End(Block last)
    {
        last.Error?.Throw();
        return 0;
    }

    private void Work()
    {
        try
        {
            while (true)
            {
                var block = _free.Take(_stop.Token);
                try
                {
                    block.Length = _inner.ReadAtLeast(block.Bytes, block.Bytes.Length, throwOnEndOfStream: false);
                }
                catch (Exception e)
                {
                    // Whatever went wrong belongs to the reading thread.
                    _filled.Add(new Block { Error = ExceptionDispatchInfo.Capture(e) }, _stop.Token);
                    return;
                }

                _filled.Add(block, _stop.Token);
                if (block.IsLast)
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed before the end.
        }
    }

    private sealed class Block
    {
        public byte[] Bytes { get; } = new byte[BlockBytes];

        public int Length { get; set; }

        public ExceptionDispatchInfo? Error { get; init; }

        public bool IsLast => Length == 0;
    }
}
