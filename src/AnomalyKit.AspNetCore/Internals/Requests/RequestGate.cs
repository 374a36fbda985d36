using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Requests;

/// <summary>
/// Lets requests in: a few are scored at a time, some wait for their turn in the order in which they came, all others are refused at once. Bodies in memory are counted in bytes.
/// </summary>
/// <remarks>
/// A request comes here once its body has arrived, so that slow clients take no places. It leaves before its answer is sent, for the same reason; its bytes stay counted until then.
/// </remarks>
internal sealed class RequestGate
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiting = [];
    private readonly int _maxScoring;
    private readonly int _maxPlaces;
    private readonly int _maxStreams;
    private readonly long _maxBytes;
    private readonly TimeSpan _maxWait;
    private readonly TimeSpan _retryAfter;
    private int _scoring;
    private long _bytes;
    private int _streams;

    public RequestGate(AnomalyServingOptions options)
    {
        _maxPlaces = options.MaxConcurrentRequests;
        _maxScoring = Math.Min(_maxPlaces, options.MaxScoringRequests > 0 ? options.MaxScoringRequests : 2 * Environment.ProcessorCount);
        _maxStreams = options.MaxStreams;
        _maxBytes = options.MaxBufferedBytes;
        _maxWait = options.MaxWaitTime;
        _retryAfter = options.RetryAfter;
    }

    /// <summary>The requests that are being scored.</summary>
    public int Scoring => Volatile.Read(ref _scoring);

    /// <summary>The requests that wait for their turn.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _waiting.Count;
        }
    }

    /// <summary>The streams of lines.</summary>
    public int Streams => Volatile.Read(ref _streams);

    /// <summary>The bytes of bodies in memory.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Takes a place at once, if one is free and nobody waits for it.</summary>
    /// <returns>Whether it was taken; then <see cref="Leave"/> must be called once.</returns>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_scoring >= _maxScoring || _waiting.Count > 0)
                return false;
            _scoring++;
            return true;
        }
    }

    /// <summary>Takes a place, after those who wait already. <see cref="Leave"/> must be called once.</summary>
    /// <param name="cancellationToken">Gives the place in the queue up, for a client that went away.</param>
    /// <param name="isPatient">Whether to wait even where the queue is full and for any time: for parts of a stream that was let in already.</param>
    /// <exception cref="RequestException">429: there are as many requests as may be, or the turn did not come in time.</exception>
    /// <exception cref="OperationCanceledException">The client went away.</exception>
    public async ValueTask EnterAsync(CancellationToken cancellationToken, bool isPatient = false)
    {
        var waiter = new Waiter();
        lock (_lock)
        {
            if (_scoring < _maxScoring && _waiting.Count == 0)
            {
                _scoring++;
                return;
            }

            if (!isPatient && _scoring + _waiting.Count >= _maxPlaces)
                throw Refusal($"The service has {_maxPlaces} requests in work or waiting, which is its limit");
            _waiting.AddLast(waiter.Node);
        }

        try
        {
            await waiter.Turn.Task.WaitAsync(isPatient ? Timeout.InfiniteTimeSpan : _maxWait, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            if (!GiveUp(waiter))
                Leave();
            cancellationToken.ThrowIfCancellationRequested();
            throw Refusal(FormattableString.Invariant($"The request waited {_maxWait.TotalSeconds} s for its turn"));
        }
    }

    /// <summary>Gives a place back, to the one who has waited longest.</summary>
    public void Leave()
    {
        Waiter? next = null;
        lock (_lock)
        {
            if (_waiting.First is { } first)
            {
                _waiting.RemoveFirst();
                next = first.Value;
                next.IsIn = true;
            }
            else
            {
                _scoring--;
            }
        }

        next?.Turn.SetResult();
    }

    /// <summary>Lets a stream in, whose parts then enter one by one. <see cref="LeaveStream"/> must be called once.</summary>
    /// <exception cref="RequestException">429: there are as many streams as may be.</exception>
    public void EnterStream()
    {
        if (Interlocked.Increment(ref _streams) <= _maxStreams)
            return;
        LeaveStream();
        throw Refusal($"The service has {_maxStreams} streams, which is its limit");
    }

    public void LeaveStream() => Interlocked.Decrement(ref _streams);

    /// <summary>Counts bytes that are about to be held in memory. <see cref="ReleaseBytes"/> must be called with as many.</summary>
    /// <exception cref="RequestException">429: all bodies together would be more than may be.</exception>
    public void ReserveBytes(long count)
    {
        if (Interlocked.Add(ref _bytes, count) <= _maxBytes)
            return;
        Interlocked.Add(ref _bytes, -count);
        throw Refusal("The bodies of other requests fill the memory that is meant for them");
    }

    public void ReleaseBytes(long count) => Interlocked.Add(ref _bytes, -count);

    private bool GiveUp(Waiter waiter)
    {
        lock (_lock)
        {
            if (waiter.IsIn)
                return false;
            _waiting.Remove(waiter.Node);
            return true;
        }
    }

    private RequestException Refusal(string why) => new(
        StatusCodes.Status429TooManyRequests, FormattableString.Invariant($"{why}. Try again in {Math.Ceiling(_retryAfter.TotalSeconds)} s."))
    { RetryAfter = _retryAfter };

    private sealed class Waiter
    {
        public Waiter() => Node = new LinkedListNode<Waiter>(this);

        public LinkedListNode<Waiter> Node { get; }

        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsIn { get; set; }
    }
}
