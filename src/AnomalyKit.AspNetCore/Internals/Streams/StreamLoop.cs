using System.Buffers;
using System.IO.Pipelines;
using AnomalyKit.Serving.Requests;

namespace AnomalyKit.Serving.Streams;

/// <summary>Reads, scores and answers by turns: no more is read before what was scored has been taken by the client.</summary>
internal sealed class StreamLoop(ScoringRequests requests, PipeReader input, PipeWriter output, LineBatch batch, LineScorer scorer)
{
    private readonly LineReader _lines = new(requests.Options.MaxLineBytes);
    private readonly TimeSpan _idleTime = requests.Options.StreamIdleTime;

    /// <summary>Runs to the end of the input.</summary>
    /// <returns>Null; or why the stream ended before.</returns>
    /// <exception cref="OperationCanceledException">The client went away.</exception>
    public async Task<string?> RunAsync(CancellationToken aborted, CancellationToken stopping)
    {
        // The server's pipe can go on after a read that was cancelled so, and not after the cancellation of a token.
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var end = idle.Token.UnsafeRegister(static input => ((PipeReader)input!).CancelPendingRead(), input);
        while (true)
        {
            ReadResult result;
            try
            {
                idle.CancelAfter(_idleTime);
                result = await input.ReadAsync(CancellationToken.None);
                idle.CancelAfter(Timeout.InfiniteTimeSpan);
            }
            catch (InvalidDataException)
            {
                return FormattableString.Invariant($"The stream does not match its Content-Encoding. It is damaged or truncated. {batch.First} rows were answered.");
            }

            if (result.IsCanceled)
            {
                input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                return stopping.IsCancellationRequested
                    ? FormattableString.Invariant($"The service is stopping. {batch.First} rows were answered; send the others again.")
                    : FormattableString.Invariant($"No line came within {_idleTime.TotalSeconds} s. {batch.First} rows were answered.");
            }

            if (!await AnswerAsync(result, aborted) || result.IsCompleted)
                return null;
        }
    }

    /// <summary>Answers all whole lines.</summary>
    /// <returns>False where the client takes no more answers.</returns>
    private async Task<bool> AnswerAsync(ReadResult result, CancellationToken aborted)
    {
        var rest = result.Buffer;
        bool isOpen = true;
        while (isOpen && Take(ref rest, result.IsCompleted))
        {
            if (!requests.Gate.TryEnter())
                await requests.Gate.EnterAsync(aborted, isPatient: true);
            try
            {
                scorer.Run(batch, aborted);
            }
            finally
            {
                requests.Gate.Leave();
            }

            batch.Clear();
            isOpen = !(await output.FlushAsync(aborted)).IsCompleted;
        }

        input.AdvanceTo(rest.Start, rest.End);
        return isOpen;
    }

    /// <summary>Takes lines until a batch is full or no whole line is left.</summary>
    /// <returns>Whether there is something to answer.</returns>
    private bool Take(ref ReadOnlySequence<byte> rest, bool isLast)
    {
        while (!batch.IsFull && _lines.TryRead(ref rest, isLast, out var line, out bool isTooLong))
        {
            if (isTooLong)
                batch.AddTooLong();
            else
                batch.Add(line);
        }

        return !batch.IsEmpty;
    }
}
