using AnomalyKit.Batch.Shell;

namespace AnomalyKit;

/// <summary>Jobs on Slurm: scripts to read and to submit, what is missing of a job that broke off, and how far one has come.</summary>
public static class SlurmCluster
{
    /// <summary>Writes the scripts of a job: one for each step, and <c>submit.sh</c>, which submits each behind the one before.</summary>
    /// <param name="job">The job; its folder is created.</param>
    /// <returns>The paths of the scripts, <c>submit.sh</c> last.</returns>
    /// <exception cref="ClusterException">The folder belongs to another job.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Write(ClusterJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        JobFile.Write(job);
        // Slurm opens the logs before a script could create their folder.
        Directory.CreateDirectory(Path.Combine(job.Folder, "logs"));
        return
        [
            .. job.Stages.Select(stage => JobFolder.WriteScript(job, SlurmScript.FileOf(stage), SlurmScript.Of(job, stage))),
            JobFolder.WriteScript(job, SlurmSubmitScript.Name, SlurmSubmitScript.Of(job)),
        ];
    }

    /// <summary>Submits all steps of a job that was written.</summary>
    /// <param name="job">The job.</param>
    /// <param name="cancellationToken">Stops the waiting for Slurm; what it has taken stays in the queue.</param>
    /// <returns>The steps and what Slurm calls them.</returns>
    /// <exception cref="ClusterException">Slurm refuses, or tasks of the job are in the queue already.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<SlurmSubmission> Submit(ClusterJob job, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        CheckIdle(Status(job, 0, cancellationToken));
        return Submit(job, [.. job.Stages.Select(stage => stage.Name)], cancellationToken);
    }

    /// <summary>Submits what is missing of a job: the shards without a result, and the steps behind them. Shards keep their indexes and the job its number of shards.</summary>
    /// <param name="job">The job.</param>
    /// <param name="cancellationToken">Stops the waiting for Slurm; what it has taken stays in the queue.</param>
    /// <returns>The steps and what Slurm calls them; empty where the job is done.</returns>
    /// <exception cref="ClusterException">Slurm refuses, or tasks of the job are still in the queue.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<SlurmSubmission> Resume(ClusterJob job, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        var status = Status(job, 0, cancellationToken);
        CheckIdle(status);
        string[] steps = MissingSteps.Of(job, status);
        return steps.Length == 0 ? [] : Submit(job, steps, cancellationToken);
    }

    /// <summary>Looks how far a job has come: by its results, and by what Slurm says of the shards that have none.</summary>
    /// <param name="job">The job.</param>
    /// <param name="logLines">How many lines to show of the log of a task that failed, at least 0; 10 by default.</param>
    /// <param name="cancellationToken">Stops the waiting for Slurm.</param>
    /// <returns>The state of all shards.</returns>
    /// <exception cref="ClusterException">Slurm does not answer.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ClusterStatus Status(ClusterJob job, int logLines = 10, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentOutOfRangeException.ThrowIfNegative(logLines);
        var queue = SlurmQueue.Of(job, cancellationToken);
        var done = StageResults.Done(job);
        return new ClusterStatus([.. job.Stages.Select((stage, i) => new ClusterStageStatus(
            stage.Name, [.. Enumerable.Range(1, stage.ShardCount).Select(index => StatusOf(job, stage, index, done[i][index - 1], queue, logLines))]))]);
    }

    private static ClusterShardStatus StatusOf(ClusterJob job, ClusterStage stage, int index, bool isDone, SlurmQueue queue, int logLines)
    {
        if (isDone)
            return new ClusterShardStatus(index, ShardState.Done, null, []);
        string log = Path.Combine(job.Folder, SlurmScript.LogOf(stage, index));
        var (state, reason) = queue.StateOf(stage.Name, index) ?? (File.Exists(log) ? ShardState.Failed : ShardState.NotStarted, null);
        // A step behind one that failed is cancelled before it begins.
        if (state == ShardState.Failed && !File.Exists(log))
            state = ShardState.NotStarted;
        return new ClusterShardStatus(index, state, reason, state == ShardState.Failed ? LogTail.Of(log, logLines) : []);
    }

    private static SlurmSubmission[] Submit(ClusterJob job, string[] steps, CancellationToken cancellationToken)
    {
        string script = Path.Combine(job.Folder, SlurmSubmitScript.Name);
        if (!File.Exists(script))
            throw new ClusterException($"'{script}' is missing. Write the job before it is submitted.");
        ProgramRun run;
        try
        {
            run = ProgramRun.Of("bash", [script, .. steps], cancellationToken);
        }
        catch (IOException reason)
        {
            throw new ClusterException(reason.Message, reason);
        }

        SlurmSubmission[] submitted = [.. SlurmQueue.Parse(run.Output)];
        if (run.ExitCode != 0)
            throw new ClusterException(Refusal(run, submitted));
        return submitted;
    }

    private static string Refusal(ProgramRun run, SlurmSubmission[] submitted)
    {
        string why = $"Slurm did not take the job (exit code {run.ExitCode}): {run.Error.Trim().ReplaceLineEndings(" ")}";
        return submitted.Length == 0 ? why : $"{why} Submitted before: {string.Join(", ", submitted.Select(step => $"{step.Stage} as {step.JobId}"))}; end them with scancel, or resume when they have ended.";
    }

    private static void CheckIdle(ClusterStatus status)
    {
        if (!status.IsActive)
            return;
        int count = status.Stages.Sum(stage => stage.Count(ShardState.Waiting) + stage.Count(ShardState.Running));
        throw new ClusterException($"{count} tasks of the job are still in the queue. Wait until they have ended, or end them with scancel.");
    }
}
