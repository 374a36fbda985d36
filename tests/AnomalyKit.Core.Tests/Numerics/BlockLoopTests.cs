using System.Reflection;
using AnomalyKit.Numerics;

namespace AnomalyKit.Core.Tests.Numerics;

public class BlockLoopTests
{
    [Fact]
    public void A_caller_that_is_interrupted_at_the_lock_waits_for_the_blocks_that_use_its_memory()
    {
        using var begun = new CountdownEvent(2);
        using var leave = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        bool isThrough = false;
        int done = 0;
        int doneWhenItLeft = -1;
        Exception? thrown = null;
        Thread caller = null!;
        var loop = new BlockLoop(
            2,
            1,
            _ =>
            {
                begun.Signal();
                begun.Wait(Patience.Long);
                bool isCaller = Thread.CurrentThread == caller;
                Assert.True((isCaller ? leave : release).Wait(Patience.Long));
                Interlocked.Increment(ref done);
                if (isCaller)
                    Volatile.Write(ref isThrough, true);
            },
            CancellationToken.None);
        caller = new Thread(() => thrown = Record.Exception(() =>
        {
            try
            {
                loop.Run();
                Thread.Sleep(Timeout.Infinite);
            }
            finally
            {
                doneWhenItLeft = Volatile.Read(ref done);
            }
        }))
        { IsBackground = true };
        caller.Start();
        Assert.True(begun.Wait(Patience.Long));

        // The caller comes out of its block, and finds the lock taken: there it is interrupted.
        object gate = typeof(BlockLoop).GetField("_gate", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(loop)!;
        lock (gate)
        {
            leave.Set();
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref isThrough) && caller.ThreadState.HasFlag(ThreadState.WaitSleepJoin), Patience.Long));
            caller.Interrupt();
            Assert.False(caller.Join(TimeSpan.FromMilliseconds(50)));
        }

        Assert.False(caller.Join(TimeSpan.FromMilliseconds(50)));
        release.Set();
        Assert.True(caller.Join(Patience.Long));
        Assert.IsType<ThreadInterruptedException>(thrown);
        Assert.Equal(2, doneWhenItLeft);
    }
}
