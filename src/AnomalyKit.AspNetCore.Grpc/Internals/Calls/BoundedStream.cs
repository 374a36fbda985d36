using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Requests;
using AnomalyKit.Streams;

namespace AnomalyKit.Serving.Calls;

/// <summary>A message that expands while it is read: up to the limit of a body, and counted by the gate until it was read.</summary>
internal sealed class BoundedStream(Stream inner, ScoringRequests requests) : ForwardStream
{
    private long _read;

    public override int Read(Span<byte> buffer)
    {
        try
        {
            int count = inner.Read(buffer);
            if (_read + count > requests.Options.MaxRequestBytes)
                throw BodyLimit.TooLarge(requests.Options.MaxRequestBytes);
            requests.Gate.ReserveBytes(count);
            _read += count;
            return count;
        }
        catch (InvalidDataException e)
        {
            throw CallErrors.Refused(RequestException.Invalid($"The message does not match the compression that it declares: {e.Message}"), requests.Refusals, context: null)!;
        }
        catch (RequestException e)
        {
            throw CallErrors.Refused(e, requests.Refusals, context: null)!;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            requests.Gate.ReleaseBytes(_read);
            _read = 0;
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
