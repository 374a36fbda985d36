using System.Runtime.ExceptionServices;
using AnomalyKit.TextValues;

namespace AnomalyKit;

public sealed partial class Study
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);

    private readonly Lock _telling = new();

    /// <summary>Runs trials until the study has as many as it is to have. Where other processes work on it, waits for theirs.</summary>
    /// <param name="objective">
    /// Gives the value of a point on a fraction of the rows. Called from several threads at once. An exception makes the trial fail and the study go on, but for an <see cref="OperationCanceledException"/> after cancellation.
    /// </param>
    /// <param name="options">How many trials, how many at once; null for the defaults.</param>
    /// <param name="cancellationToken">Stops: trials that run are given back as soon as the objective returns or throws, and a later run continues with them.</param>
    /// <returns>The best trial; null where none has finished.</returns>
    /// <exception cref="OperationCanceledException">Cancelled. What was finished is kept.</exception>
    /// <exception cref="RunTrackingException">The store cannot be written.</exception>
    public Trial? Run(Func<TrialContext, double> objective, StudyRunOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        options ??= new StudyRunOptions();
        int wanted = options.MaxDegreeOfParallelism < 0 ? Environment.ProcessorCount : options.MaxDegreeOfParallelism;
        int workers = Math.Min(wanted, Math.Min(Options.RoundSize, options.TrialCount));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var turn = new SemaphoreSlim(0);
        var run = new RunState(objective, options, turn, stop);
        var others = new Thread[workers - 1];
        for (int i = 0; i < others.Length; i++)
        {
            others[i] = new Thread(() => Work(run)) { IsBackground = true, Name = $"Study {Options.Name}, worker {i + 2}" };
            others[i].Start();
        }

        Work(run);
        foreach (var other in others)
            other.Join();
        run.Problem?.Throw();
        cancellationToken.ThrowIfCancellationRequested();
        return Best;
    }

    private void Work(RunState run)
    {
        try
        {
            var wait = ShortestWait;
            while (!run.Stop.IsCancellationRequested)
            {
                if (TryClaim(run.Options.TrialCount, run.Options.Lease, run.Stop.Token, out bool isOver) is { } trial)
                {
                    Try(run, trial);
                    run.PassOn();
                    wait = ShortestWait;
                }
                else if (isOver)
                {
                    break;
                }
                else
                {
                    // Another thread's report ends the wait; reports of other processes are seen by looking.
                    wait = run.Turn.Wait(wait, run.Stop.Token) ? ShortestWait : TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, LongestWait.Ticks));
                }
            }
        }
        catch (OperationCanceledException) when (run.Stop.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            run.Fail(e);
        }
    }

    private void Try(RunState run, TrialContext trial)
    {
        double value = double.NaN;
        string? problem = null;
        try
        {
            value = run.Objective(trial);
        }
        catch (OperationCanceledException) when (run.Stop.IsCancellationRequested)
        {
            if (_claims.LetGo(trial.Number))
                _reports.Release(trial.Number);
            throw;
        }
        catch (Exception e)
        {
            problem = $"{e.GetType().Name}: {ProblemText.Of(e)}";
        }

        bool isTold = problem is null ? Tell(trial, value) : TellFailed(trial, problem);
        if (isTold && run.Options.Progress is { } progress)
            Show(progress, run.Options.TrialCount, trial.Number);
    }

    private void Show(IProgress<StudyProgress> progress, int trialCount, int number)
    {
        lock (_telling)
        {
            var trials = Trials;
            if (trials[number].HasEnded)
                progress.Report(new StudyProgress(trials.Count(trial => trial.HasEnded), trialCount, trials[number], BestOf(trials)));
        }
    }

    private sealed record RunState(Func<TrialContext, double> Objective, StudyRunOptions Options, SemaphoreSlim Turn, CancellationTokenSource Stop)
    {
        private ExceptionDispatchInfo? _problem;

        public ExceptionDispatchInfo? Problem => _problem;

        /// <summary>Wakes the threads that wait for what has just been told.</summary>
        public void PassOn()
        {
            if (Turn.CurrentCount == 0)
                Turn.Release(Options.MaxDegreeOfParallelism < 0 ? Environment.ProcessorCount : Options.MaxDegreeOfParallelism);
        }

        /// <summary>Keeps the first problem, and stops all workers.</summary>
        public void Fail(Exception problem)
        {
            Interlocked.CompareExchange(ref _problem, ExceptionDispatchInfo.Capture(problem), null);
            Stop.Cancel();
        }
    }
}
