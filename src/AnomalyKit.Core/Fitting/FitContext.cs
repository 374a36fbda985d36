using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>What a running fit knows of its caller: threads, cancellation and whom to tell of progress.</summary>
/// <remarks>For those who write trainers and scalings. Thread-safe.</remarks>
public sealed class FitContext
{
    private readonly MonotoneProgress<FitProgress> _progress;
    private readonly double _from;
    private readonly double _to;

    /// <summary>Starts a fit.</summary>
    /// <param name="options">The caller's options; defaults where there are none.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public FitContext(FitOptions? options = null, CancellationToken cancellationToken = default)
        : this(new MonotoneProgress<FitProgress>(options?.Progress), 0, 1, ParallelBlocks.ResolveThreads(options?.MaxDegreeOfParallelism ?? -1), cancellationToken)
    {
        KeepProfile = options?.KeepProfile ?? true;
        ProfileColumns = options?.ProfileColumns ?? true;
    }

    private FitContext(MonotoneProgress<FitProgress> progress, double from, double to, int threads, CancellationToken cancellationToken)
    {
        _progress = progress;
        _from = from;
        _to = to;
        Threads = threads;
        CancellationToken = cancellationToken;
    }

    /// <summary>The number of threads to use, at least 1.</summary>
    public int Threads { get; }

    /// <summary>The caller's token: look at it at least every 100 ms of work.</summary>
    public CancellationToken CancellationToken { get; }

    internal bool KeepProfile { get; private init; }

    internal bool ProfileColumns { get; private init; }

    /// <summary>Tells the caller how far this part of the fit has come, if it is further than was last told.</summary>
    /// <param name="stage">What is being done, for people.</param>
    /// <param name="fraction">The done share of this part, from 0 to 1.</param>
    public void Report(string stage, double fraction)
    {
        // The very end is the trainer's to tell, once everything is done: see Complete.
        double overall = Math.Min(_from + (Math.Clamp(fraction, 0, 1) * (_to - _from)), 1 - 1e-9);
        _progress.Report(overall, new FitProgress(stage, overall));
    }

    /// <summary>A part of this fit as a context of its own, whose 0 to 1 is <paramref name="from"/> to <paramref name="to"/> of this one.</summary>
    /// <param name="from">Where the part begins, from 0 to 1.</param>
    /// <param name="to">Where the part ends, from <paramref name="from"/> to 1.</param>
    /// <returns>The part's context, on the same threads and token.</returns>
    public FitContext Part(double from, double to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, 1);
        return new FitContext(_progress, _from + (from * (_to - _from)), _from + (to * (_to - _from)), Threads, CancellationToken)
        {
            KeepProfile = KeepProfile,
            ProfileColumns = ProfileColumns,
        };
    }

    /// <summary>Runs numbered blocks of work on this fit's threads, with cancellation and progress.</summary>
    /// <param name="stage">What is being done, for people.</param>
    /// <param name="blockCount">The number of blocks.</param>
    /// <param name="body">The work of one block. Blocks run at the same time and must not touch the same memory. Where several fail, the exception of the lowest-numbered one is thrown.</param>
    public void ForBlocks(string stage, int blockCount, Action<int> body)
    {
        int done = 0;
        Report(stage, 0);
        ParallelBlocks.For(
            blockCount,
            Threads,
            block =>
            {
                body(block);
                Report(stage, (double)Interlocked.Increment(ref done) / blockCount);
            },
            CancellationToken);
        CancellationToken.ThrowIfCancellationRequested();
    }

    internal void Complete() => _progress.Report(1, new FitProgress("done", 1));
}
