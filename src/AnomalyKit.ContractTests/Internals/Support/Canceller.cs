using System.Diagnostics;

namespace AnomalyKit.ContractTests.Support;

/// <summary>Cancels from a thread of its own (the pool's may all be at work) a little after it was told to, and measures how long the work goes on.</summary>
internal sealed class Canceller : IDisposable
{
    private const int DelayMilliseconds = 20;

    // The promise is 100 ms of work. A busy machine may take its time: this only tells a fit that stops from one that goes on to its end.
    private const int LimitMilliseconds = 60_000;

    private readonly CancellationTokenSource _source = new();
    private readonly Stopwatch _since = new();
    private Thread? _thread;
    private Exception? _thrown;

    public CancellationToken Token => _source.Token;

    public void CancelSoon()
    {
        var thread = new Thread(() =>
        {
            Thread.Sleep(DelayMilliseconds);
            _since.Start();
            try
            {
                _source.Cancel();
            }
            catch (Exception exception)
            {
                // What was registered with the token threw: on a bare thread that would end the process.
                _thrown = exception;
            }
        });
        if (Interlocked.CompareExchange(ref _thread, thread, null) is null)
            thread.Start();
    }

    public void AssertStoppedAtOnce(string when)
    {
        long waited = _since.ElapsedMilliseconds;
        Assert.True(waited < LimitMilliseconds, $"{when}: it went on for {waited} ms after it was cancelled.");
        _thread?.Join();
        Assert.True(_thrown is null, $"{when}: cancelling threw {_thrown}");
    }

    public void Dispose()
    {
        _thread?.Join();
        _source.Dispose();
    }
}
