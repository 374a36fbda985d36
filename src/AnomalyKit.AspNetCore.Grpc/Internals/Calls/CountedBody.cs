using System.Buffers;
using System.IO.Pipelines;
using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Requests;

namespace AnomalyKit.Serving.Calls;

/// <summary>The body of a call while it arrives: counted by the gate, and bounded in time, as bodies of HTTP are.</summary>
internal sealed class CountedBody(PipeReader inner, ScoringRequests requests, HttpContext context) : PipeReader
{
    private readonly long _start = Environment.TickCount64;
    private readonly CancellationToken _aborted = context.RequestAborted;
    private ReadOnlySequence<byte> _buffer;
    private long _counted;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => TryRead(out var result) ? new ValueTask<ReadResult>(result) : ReadSlowAsync();

    public override bool TryRead(out ReadResult result)
    {
        try
        {
            bool isRead = inner.TryRead(out result);
            if (isRead)
                Count(result);
            return isRead;
        }
        catch (Exception e) when (e is RequestException or BadHttpRequestException)
        {
            throw CallErrors.Refused(e, requests.Refusals, context)!;
        }
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        long taken = _buffer.Slice(0, consumed).Length;
        _buffer = default;
        inner.AdvanceTo(consumed, examined);
        Release(taken);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null)
    {
        Release(_counted);
        inner.Complete(exception);
    }

    /// <summary>Gives back what is still counted, when the call is over.</summary>
    public void Release() => Release(_counted);

    private async ValueTask<ReadResult> ReadSlowAsync()
    {
        var left = requests.Options.MaxBodyTime - TimeSpan.FromMilliseconds(Environment.TickCount64 - _start);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_aborted);
        deadline.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        try
        {
            return Count(await inner.ReadAsync(deadline.Token));
        }
        catch (OperationCanceledException) when (!_aborted.IsCancellationRequested)
        {
            throw CallErrors.Refused(
                new RequestException(StatusCodes.Status408RequestTimeout, FormattableString.Invariant($"The message did not arrive within {requests.Options.MaxBodyTime.TotalSeconds} s. Send it faster, or in smaller calls.")),
                requests.Refusals,
                context)!;
        }
        catch (Exception e) when (e is RequestException or BadHttpRequestException)
        {
            throw CallErrors.Refused(e, requests.Refusals, context)!;
        }
    }

    private ReadResult Count(ReadResult result)
    {
        _buffer = result.Buffer;
        long grown = _buffer.Length - _counted;
        if (grown <= 0)
            return result;
        requests.Gate.ReserveBytes(grown);
        _counted += grown;
        return result;
    }

    private void Release(long count)
    {
        count = Math.Min(count, _counted);
        _counted -= count;
        requests.Gate.ReleaseBytes(count);
    }
}
