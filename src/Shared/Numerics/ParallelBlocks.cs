namespace AnomalyKit.Numerics;

/// <summary>Runs numbered pieces of work on several threads. The pieces are fixed by the caller, so results cannot depend on the thread count.</summary>
internal static class ParallelBlocks
{
    /// <summary>Checks a degree of parallelism and resolves −1 to the number of processors.</summary>
    /// <param name="maxDegreeOfParallelism">−1 for all processors, or at least 1.</param>
    /// <returns>The number of threads, at least 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is 0 or below −1.</exception>
    public static int ResolveThreads(int maxDegreeOfParallelism) => maxDegreeOfParallelism switch
    {
        -1 => Environment.ProcessorCount,
        >= 1 => maxDegreeOfParallelism,
        _ => throw new ArgumentOutOfRangeException(
            nameof(maxDegreeOfParallelism), maxDegreeOfParallelism, "The degree of parallelism must be at least 1, or -1 for all processors."),
    };

    /// <summary>Runs <paramref name="body"/> once for each block from 0 to <paramref name="blockCount"/> − 1, in any order.</summary>
    /// <param name="blockCount">The number of blocks.</param>
    /// <param name="maxDegreeOfParallelism">The most threads, −1 for all processors; with 1 the calling thread does everything, in order.</param>
    /// <param name="body">The work; blocks run at the same time and must not touch the same memory.</param>
    /// <param name="cancellationToken">Looked at before every block.</param>
    /// <exception cref="OperationCanceledException">Cancelled; blocks not yet begun were left out.</exception>
    /// <remarks>Where blocks fail, the exception of the lowest-numbered failing block that ran is thrown as it is, not wrapped.</remarks>
    public static void For(int blockCount, int maxDegreeOfParallelism, Action<int> body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        int threads = Math.Min(ResolveThreads(maxDegreeOfParallelism), blockCount);
        if (threads <= 1)
        {
            for (int block = 0; block < blockCount; block++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                body(block);
            }

            return;
        }

        new BlockLoop(blockCount, threads - 1, body, cancellationToken).Run();
    }
}
