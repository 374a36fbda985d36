using System.Globalization;
using System.Text;
using AnomalyKit.Batch.Shell;

namespace AnomalyKit;

/// <summary>The script of a step: what Slurm is asked for, and the one command that it runs.</summary>
internal static class SlurmScript
{
    /// <summary>A task is told this many seconds before its time is over, or a tenth of its time where that is less.</summary>
    private const int WarningSeconds = 60;

    public static string FileOf(ClusterStage stage) => $"{stage.Name}.sbatch";

    /// <summary>The log of a task, from the folder of the job.</summary>
    public static string LogOf(ClusterStage stage, int index) => stage.IsArray ? $"logs/{stage.Name}-{index}.log" : $"logs/{stage.Name}.log";

    public static string Of(ClusterJob job, ClusterStage stage)
    {
        var script = new StringBuilder("#!/bin/bash\n");
        foreach (string option in OptionsOf(job, stage))
            script.Append("#SBATCH ").Append(option).Append('\n');
        string cpus = $"${{SLURM_CPUS_PER_TASK:-{job.Resources.ThreadCount}}}";
        string task = stage.IsArray ? $"{stage.Name} ${{SLURM_ARRAY_TASK_ID:?submit this script as an array}}/{stage.ShardCount}" : stage.Name;
        script.Append($$"""
            set -euo pipefail
            echo "{{task}} on ${SLURMD_NODENAME:-$HOSTNAME}, attempt $((${SLURM_RESTART_COUNT:-0} + 1)), $(date '+%Y-%m-%d %H:%M:%S')" >&2
            cd -- {{BashText.Quote(job.WorkingDirectory)}}
            # The processors and the memory that were allotted, not those of the machine.
            export DOTNET_PROCESSOR_COUNT="{{cpus}}"

            """);
        if (job.Resources.HeapBytes is { } heap)
            script.Append(CultureInfo.InvariantCulture, $"export DOTNET_GCHeapHardLimit=0x{heap:X}\n");
        // Right behind the name of the command: at the end it might stand behind --, as data.
        string command = $"{BashText.Quote(job.Tool)} {BashText.Quote(stage.Arguments[0])} --threads \"{cpus}\" {BashText.Quote(stage.Arguments.Skip(1))}";
        script.Append(stage.IsArray ? Exec(command) : Marked(command, Path.Combine(job.Folder, StageResults.MarkOf(stage))));
        return script.ToString();
    }

    private static string Exec(string command) => $"""
        # exec: what Slurm signals is the tool itself.
        exec {command}

        """;

    private static string Marked(string command, string mark) => $$"""
        # Signals of Slurm are handed on; the mark says that the step ended well.
        {{command}} &
        task=$!
        trap 'kill -TERM "$task" 2> /dev/null || true' TERM INT
        code=0
        wait "$task" || code=$?
        # A signal ends the waiting and not the task.
        while kill -0 "$task" 2> /dev/null; do wait "$task" && code=0 || code=$?; done
        [ "$code" -ne 0 ] || : > {{BashText.Quote(mark)}}
        exit "$code"

        """;

    private static IEnumerable<string> OptionsOf(ClusterJob job, ClusterStage stage)
    {
        var resources = job.Resources;
        yield return $"--job-name={job.Name}-{stage.Name}";
        if (stage.IsArray)
            yield return $"--array=1-{stage.ShardCount}{(resources.MaxConcurrent is { } most ? $"%{most}" : string.Empty)}";
        // A step behind one that failed would wait for ever.
        yield return "--kill-on-invalid-dep=yes";
        yield return "--ntasks=1";
        yield return $"--cpus-per-task={resources.ThreadCount}";
        if (resources.MemoryBytes is { } memory)
            yield return $"--mem={memory >> 20}M";
        if (resources.TimeLimit is { } limit)
        {
            yield return $"--time={limit.Days}-{limit.Hours:00}:{limit.Minutes:00}:{limit.Seconds:00}";
            yield return $"--signal=B:TERM@{Math.Min(WarningSeconds, (int)(limit.TotalSeconds / 10))}";
        }

        if (resources.Queue is { } queue)
            yield return $"--partition={queue}";
        // A task whose machine is lost runs again, and its log goes on.
        yield return "--requeue";
        yield return "--open-mode=append";
        yield return $"--output=logs/{stage.Name}{(stage.IsArray ? "-%a" : string.Empty)}.log";
    }
}
