using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using AnomalyKit.Numerics;

namespace AnomalyKit.Ensemble;

/// <summary>Fits members side by side, as many at a time as threads and memory allow. Who runs beside whom does not change what is fitted.</summary>
internal sealed class MemberFitting
{
    private readonly IReadOnlyList<EnsembleMember> _members;
    private readonly CheckedRows _rows;
    private readonly FitContext _context;
    private readonly int _concurrent;
    private readonly MemoryGate _memory;
    private readonly Outcome[] _outcomes;
    private readonly double[] _progress;
    private ExceptionDispatchInfo? _handlerFailure;

    public MemberFitting(IReadOnlyList<EnsembleMember> members, CheckedRows rows, FitContext context, int? maxConcurrentMembers, long? memoryBudget)
    {
        _members = members;
        _rows = rows;
        _context = context;
        _concurrent = Math.Min(Math.Min(maxConcurrentMembers ?? int.MaxValue, context.Threads), members.Count);
        _memory = new MemoryGate(memoryBudget ?? MemoryGate.DefaultBudget);
        _outcomes = new Outcome[members.Count];
        _progress = new double[members.Count];
    }

    /// <summary>Whether the others are fitted on where one cannot be.</summary>
    public bool SkipFailingMembers { get; init; }

    public (List<(string Name, IAnomalyDetector Detector, double Weight)> Members, float[][] Scores, List<MemberFailure> Failures) Run()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_context.CancellationToken);
        // Threads of their own: members may block on each other's memory, which the pool's threads should not.
        var next = new Queue<int>(Enumerable.Range(0, _outcomes.Length));
        var workers = new Thread[_concurrent - 1];
        for (int i = 0; i < workers.Length; i++)
        {
            workers[i] = new Thread(() => Work(next, stop)) { IsBackground = true, Name = "AnomalyKit ensemble member" };
            workers[i].Start();
        }

        Work(next, stop);
        foreach (var worker in workers)
            worker.Join();
        // What the caller's own progress handler threw is not a member's failure.
        _handlerFailure?.Throw();
        _context.CancellationToken.ThrowIfCancellationRequested();
        return Collect();
    }

    private void Work(Queue<int> next, CancellationTokenSource stop)
    {
        while (!stop.IsCancellationRequested && Take(next) is { } member)
        {
            try
            {
                long memory = Math.Max(0, _members[member].Trainer.EstimateMemory(_rows.Data.RowCount, _rows.Data.ColumnCount));
                _outcomes[member] = _memory.Run(memory, () => Fit(member, stop.Token), stop.Token);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                // Of somebody's own trainer: it could not even say how much memory it needs.
                _outcomes[member] = new Outcome(null, problem);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Stopped while it waited for memory: it was never begun.
                return;
            }

            // Without leave to go on, one failure is enough.
            if (_handlerFailure is not null || (_outcomes[member].Failure is not null && !SkipFailingMembers))
                stop.Cancel();
        }
    }

    /// <summary>The next member; nothing where none is left.</summary>
    private static int? Take(Queue<int> next)
    {
        lock (next)
            return next.TryDequeue(out int member) ? member : null;
    }

    private Outcome Fit(int index, CancellationToken token)
    {
        var member = _members[index];
        try
        {
            var options = new FitOptions
            {
                MaxDegreeOfParallelism = Math.Max(1, _context.Threads / _concurrent),
                Progress = new MemberProgress(this, index),
                // The ensemble keeps one for all.
                KeepProfile = false,
            };
            var result = member.Trainer.FitAndScore(_rows, options, token);
            return new Outcome(result, null);
        }
        catch (Exception exception)
        {
            return new Outcome(null, exception);
        }
    }

    private (List<(string Name, IAnomalyDetector Detector, double Weight)> Members, float[][] Scores, List<MemberFailure> Failures) Collect()
    {
        var members = new List<(string, IAnomalyDetector, double)>();
        var scores = new List<float[]>();
        var failures = new List<MemberFailure>();
        for (int i = 0; i < _outcomes.Length; i++)
        {
            var member = _members[i];
            var outcome = _outcomes[i];
            if (outcome.Result is { } result)
            {
                members.Add((member.Name, result.Detector, member.Weight));
                scores.Add(ArrayOf(result.TrainingScores));
            }
            else if (outcome.Failure is not null and not OperationCanceledException)
            {
                failures.Add(new MemberFailure(member.Name, outcome.Failure.Message));
                if (!SkipFailingMembers)
                    throw new EnsembleMemberException(member.Name, outcome.Failure);
            }
        }

        if (members.Count > 0)
            return (members, [.. scores], failures);
        throw new EnsembleMemberException(
            $"No member could be fitted. {string.Join(' ', failures.Select(failure => $"'{failure.Member}': {failure.Reason}"))}");
    }

    private static float[] ArrayOf(ReadOnlyMemory<float> scores) =>
        MemoryMarshal.TryGetArray(scores, out var segment) && segment.Offset == 0 && segment.Array!.Length == scores.Length ? segment.Array : scores.ToArray();

    private void Report(int member, FitProgress progress)
    {
        double sum = 0;
        lock (_progress)
        {
            _progress[member] = Math.Max(_progress[member], progress.Fraction);
            foreach (double fraction in _progress)
                sum += fraction;
        }

        try
        {
            _context.Report($"{_members[member].Name}: {progress.Stage}", sum / _progress.Length);
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _handlerFailure, ExceptionDispatchInfo.Capture(exception), null);
            throw;
        }
    }

    private readonly record struct Outcome(FitResult<IAnomalyDetector>? Result, Exception? Failure);

    private sealed class MemberProgress(MemberFitting fitting, int member) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => fitting.Report(member, value);
    }
}
