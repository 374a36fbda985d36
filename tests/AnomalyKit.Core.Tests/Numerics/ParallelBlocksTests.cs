using System.Runtime.CompilerServices;
using AnomalyKit.Numerics;

namespace AnomalyKit.Core.Tests.Numerics;

/// <remarks>Alone: some tests hold up all threads of the pool, or count what runs before the others notice.</remarks>
[CollectionDefinition(nameof(ParallelBlocksTests), DisableParallelization = true)]
[Collection(nameof(ParallelBlocksTests))]
public class ParallelBlocksTests
{
    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 4)]
    [InlineData(1000, 1)]
    [InlineData(1000, 2)]
    [InlineData(1000, 8)]
    [InlineData(1000, -1)]
    public void Every_block_runs_once(int blocks, int threads)
    {
        var ran = new int[blocks];
        ParallelBlocks.For(blocks, threads, block => Interlocked.Increment(ref ran[block]));
        Assert.All(ran, times => Assert.Equal(1, times));
    }

    [Fact]
    public void One_thread_runs_all_blocks_in_order_itself()
    {
        var order = new List<int>();
        int thread = Environment.CurrentManagedThreadId;
        ParallelBlocks.For(100, 1, block =>
        {
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            order.Add(block);
        });
        Assert.Equal(Enumerable.Range(0, 100), order);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void The_lowest_failing_block_is_reported_unwrapped(int threads)
    {
        foreach (int lowest in (int[])[1, 10, 25])
        {
            using var higherFailed = new ManualResetEventSlim();
            var exception = Assert.Throws<InvalidTimeZoneException>(() => ParallelBlocks.For(200, threads, block =>
            {
                // The lowest failing block waits for a higher one to fail before it, on another thread.
                if (block == lowest && threads > 1 && higherFailed.Wait(TimeSpan.FromSeconds(20)))
                    Thread.Sleep(30);
                if (block > lowest)
                    higherFailed.Set();
                if (block >= lowest)
                    throw new InvalidTimeZoneException($"{block}");
            }));
            Assert.Equal($"{lowest}", exception.Message);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_failure_keeps_later_blocks_from_beginning(int threads)
    {
        int ran = 0;
        Assert.Throws<InvalidTimeZoneException>(() => ParallelBlocks.For(100_000, threads, block =>
        {
            Interlocked.Increment(ref ran);
            throw new InvalidTimeZoneException();
        }));
        Assert.InRange(ran, 1, 1000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Cancellation_leaves_out_what_has_not_begun(int threads)
    {
        using var source = new CancellationTokenSource();
        int ran = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => ParallelBlocks.For(
            100_000,
            threads,
            _ =>
            {
                // Long enough that even a thread that is kept waiting does not get through all of them.
                Thread.SpinWait(2000);
                if (Interlocked.Increment(ref ran) == 10)
                    source.Cancel();
            },
            source.Token));
        Assert.InRange(ran, 10, 50_000);
    }

    [Fact]
    public void A_token_cancelled_before_runs_nothing()
    {
        foreach (int threads in (int[])[1, 4])
        {
            Assert.ThrowsAny<OperationCanceledException>(
                () => ParallelBlocks.For(10, threads, _ => Assert.Fail("A block ran."), new CancellationToken(canceled: true)));
        }
    }

    [Fact]
    public void Nothing_waits_for_a_thread_that_the_pool_does_not_give()
    {
        // More work than the pool adds threads for in a minute, all of it blocked until the blocks are done.
        using var done = new ManualResetEventSlim();
        using var left = new CountdownEvent(500);
        for (int i = 0; i < left.InitialCount; i++)
        {
            ThreadPool.QueueUserWorkItem(_ =>
            {
                done.Wait();
                left.Signal();
            });
        }

        int ran = 0;
        WeakReference? lent = null;
        Exception? thrown = null;
        var caller = new Thread(() => thrown = Record.Exception(() => lent = Lend(count => Interlocked.Add(ref ran, count))));
        caller.Start();
        bool ended = caller.Join(TimeSpan.FromSeconds(60));
        GC.Collect();
        bool kept = lent?.IsAlive ?? true;
        done.Set();
        left.Wait();
        caller.Join();
        Assert.Null(thrown);
        Assert.True(ended, "The blocks were done, and the caller waited for the pool.");
        Assert.Equal(100, ran);
        Assert.False(kept, "A helper that never came holds on to the caller's data.");

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Lend(Action<int> count)
        {
            byte[] data = new byte[100];
            ParallelBlocks.For(data.Length, 4, block => count(++data[block]));
            return new WeakReference(data);
        }
    }

    [Fact]
    public void Blocks_within_blocks_run_too()
    {
        int ran = 0;
        ParallelBlocks.For(20, 4, _ => ParallelBlocks.For(20, 4, _ => Interlocked.Increment(ref ran)));
        Assert.Equal(400, ran);
    }

    [Fact]
    public void An_interrupted_caller_waits_for_the_blocks_that_use_its_memory()
    {
        using var begun = new CountdownEvent(2);
        using var release = new ManualResetEventSlim();
        bool isThrough = false;
        int done = 0;
        int doneWhenInterrupted = -1;
        Exception? thrown = null;
        var caller = new Thread(() => thrown = Record.Exception(() =>
        {
            int owner = Environment.CurrentManagedThreadId;
            try
            {
                ParallelBlocks.For(2, 2, _ =>
                {
                    begun.Signal();
                    begun.Wait(Patience.Long);
                    if (Environment.CurrentManagedThreadId != owner)
                        release.Wait(Patience.Long);
                    Interlocked.Increment(ref done);
                    if (Environment.CurrentManagedThreadId == owner)
                        Volatile.Write(ref isThrough, true);
                });
                Thread.Sleep(Patience.Long);
            }
            finally
            {
                doneWhenInterrupted = Volatile.Read(ref done);
            }
        }));
        caller.Start();
        Assert.True(begun.Wait(Patience.Long));
        // The caller is out of its own block, and at most on the way to the wait for the other one.
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref isThrough), Patience.Long));
        caller.Interrupt();
        Assert.False(caller.Join(TimeSpan.FromMilliseconds(50)));
        release.Set();
        caller.Join();
        Assert.IsType<ThreadInterruptedException>(thrown);
        Assert.Equal(2, doneWhenInterrupted);
    }

    [Fact]
    public void Several_threads_take_part()
    {
        using var both = new Barrier(2);
        ParallelBlocks.For(2, 2, _ => Assert.True(both.SignalAndWait(Patience.Long)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    [InlineData(int.MinValue)]
    public void A_degree_of_parallelism_out_of_range_is_refused(int threads)
    {
        Assert.Equal(threads, Assert.Throws<ArgumentOutOfRangeException>(() => ParallelBlocks.ResolveThreads(threads)).ActualValue);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FitOptions { MaxDegreeOfParallelism = threads });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScoreOptions { MaxDegreeOfParallelism = threads });
        Assert.Throws<ArgumentOutOfRangeException>(() => ParallelBlocks.For(1, threads, _ => { }));
    }
}
