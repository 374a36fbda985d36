using System.Globalization;
using AnomalyKit.Batch.Shell;

namespace AnomalyKit;

/// <summary>What Slurm knows of the tasks of a job.</summary>
internal sealed class SlurmQueue
{
    private static readonly string[] Ahead = ["PENDING", "CONFIGURING", "REQUEUED", "REQUEUE_FED", "REQUEUE_HOLD", "SPECIAL_EXIT", "RESV_DEL_HOLD"];
    private static readonly string[] Now = ["RUNNING", "COMPLETING", "SUSPENDED", "STAGE_OUT", "RESIZING", "SIGNALING", "STOPPED"];

    private readonly Dictionary<(string Stage, int Index), (string State, string Reason)> _tasks = [];

    private SlurmQueue()
    {
    }

    /// <summary>Asks for everything that was submitted; of a task that was submitted twice the last one counts.</summary>
    /// <exception cref="ClusterException">Slurm does not answer.</exception>
    public static SlurmQueue Of(ClusterJob job, CancellationToken cancellationToken)
    {
        var queue = new SlurmQueue();
        foreach (var (stage, id) in Submitted(job))
            queue.Ask(stage, id, cancellationToken);
        return queue;
    }

    /// <summary>Everything that was submitted, in order.</summary>
    public static IEnumerable<SlurmSubmission> Submitted(ClusterJob job)
    {
        string path = Path.Combine(job.Folder, SlurmSubmitScript.SubmittedName);
        return File.Exists(path) ? Parse(File.ReadAllText(path)) : [];
    }

    /// <summary>Lines of a step and its job.</summary>
    public static IEnumerable<SlurmSubmission> Parse(string lines) =>
        from line in lines.Split('\n')
        let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where words.Length == 2 && words[1].All(char.IsAsciiDigit)
        select new SlurmSubmission(words[0], words[1]);

    /// <summary>What has become of a task whose result is not there; null where Slurm does not know it, or no longer.</summary>
    public (ShardState State, string? Reason)? StateOf(string stage, int index)
    {
        if (!_tasks.TryGetValue((stage, index), out var task))
            return null;
        if (Ahead.Contains(task.State))
            return (ShardState.Waiting, task.Reason);
        return Now.Contains(task.State) ? (ShardState.Running, null) : (ShardState.Failed, task.State);
    }

    private void Ask(string stage, string id, CancellationToken cancellationToken)
    {
        ProgramRun run;
        try
        {
            run = ProgramRun.Of("squeue", ["--noheader", "--array", "--states=all", $"--jobs={id}", "--format=%K|%T|%r"], cancellationToken);
        }
        catch (IOException reason)
        {
            throw new ClusterException(reason.Message, reason);
        }

        if (run.ExitCode != 0)
        {
            // Slurm forgets jobs a while after their end.
            if (run.Error.Contains("Invalid job id", StringComparison.OrdinalIgnoreCase))
                return;
            throw new ClusterException($"squeue failed with exit code {run.ExitCode}: {run.Error.Trim().ReplaceLineEndings(" ")}");
        }

        foreach (string line in run.Output.Split('\n'))
        {
            string[] fields = line.Trim().Split('|');
            if (fields.Length < 3)
                continue;
            // A task that is no array has no index.
            int index = int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 1;
            _tasks[(stage, index)] = (fields[1], fields[2]);
        }
    }
}
