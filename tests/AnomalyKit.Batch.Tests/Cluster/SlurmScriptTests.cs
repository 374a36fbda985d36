namespace AnomalyKit.Batch.Tests.Cluster;

/// <summary>The scripts that Slurm runs, run by bash as Slurm runs them.</summary>
[Collection(nameof(ProgramsOnPath))]
public sealed class SlurmScriptTests : IDisposable
{
    private static readonly string[] Command =
        ["score", "model of the year's end.akm", "data/*.parquet", "--out", "it's $HOME/\"scores\".parquet", "--keep", "@timestamp,a\nb", "--set", "X=\\\t`id`", "--only", "top:5", ""];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [BashFact]
    public void The_tool_gets_every_argument_as_it_was_given()
    {
        var job = Written();
        var run = Run(job, 3);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["score", "--threads", "2", .. Command[1..], "--shard", "env/12"], Lines(run.Output, "argument"));
        Assert.Equal(job.WorkingDirectory, Assert.Single(Lines(run.Output, "folder")));
    }

    [BashFact]
    public void Threads_and_memory_are_those_allotted()
    {
        var job = Written(new ClusterResources { ThreadCount = 2, MemoryBytes = 4L << 30 });
        var output = Run(job, 1, ("SLURM_CPUS_PER_TASK", "5")).Output;
        Assert.Equal("5", Lines(output, "argument")[2]);
        Assert.Equal("5", Assert.Single(Lines(output, "processors")));
        Assert.Equal("0xCCCCCCCC", Assert.Single(Lines(output, "heap")));
    }

    [BashFact]
    public void Without_an_index_nothing_runs()
    {
        var run = Bash.Run(Path.Combine(Written().Folder, "score.sbatch"));
        Assert.NotEqual(0, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("submit this script as an array", run.Error, StringComparison.Ordinal);
    }

    [BashFact]
    public void The_tool_takes_the_place_of_the_script_so_signals_and_exit_codes_are_its_own()
    {
        var run = Run(Written(), 7, ("EXIT", "3"));
        Assert.Equal(3, run.ExitCode);
        Assert.Equal($"{run.ProcessId}", Assert.Single(Lines(run.Output, "process")));
        Assert.Contains("score 7/12 on", run.Error, StringComparison.Ordinal);
    }

    [BashFact]
    public void A_folder_that_is_gone_fails_the_task()
    {
        var job = Written();
        Directory.Delete(job.WorkingDirectory);
        var run = Run(job, 1);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Slurm_reads_its_options_before_the_first_command()
    {
        var job = Written(new ClusterResources { ThreadCount = 4, MemoryBytes = 6L << 30, TimeLimit = new TimeSpan(1, 2, 3, 4), MaxConcurrent = 8, Queue = "short,long" });
        string[] lines = File.ReadAllLines(Path.Combine(job.Folder, "score.sbatch"));
        Assert.Equal("#!/bin/bash", lines[0]);
        Assert.Equal(
            [
                "--job-name=anomalykit-score", "--array=1-12%8", "--kill-on-invalid-dep=yes", "--ntasks=1", "--cpus-per-task=4", "--mem=6144M", "--time=1-02:03:04", "--signal=B:TERM@60",
                "--partition=short,long", "--requeue", "--open-mode=append", "--output=logs/score-%a.log",
            ],
            lines.Skip(1).TakeWhile(line => line != "set -euo pipefail").Select(line => line["#SBATCH ".Length..]));
        Assert.DoesNotContain(lines.SkipWhile(line => line != "set -euo pipefail"), line => line.StartsWith("#SBATCH", StringComparison.Ordinal));
        Assert.DoesNotContain("\r", File.ReadAllText(Path.Combine(job.Folder, "score.sbatch")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_joins_the_shards_is_no_array()
    {
        string script = File.ReadAllText(Path.Combine(Written().Folder, "merge.sbatch"));
        Assert.DoesNotContain("--array", script, StringComparison.Ordinal);
        Assert.DoesNotContain("SLURM_ARRAY", script, StringComparison.Ordinal);
        Assert.Contains("#SBATCH --output=logs/merge.log", script, StringComparison.Ordinal);
    }

    [BashFact]
    public void What_joins_the_shards_leaves_a_mark_only_where_it_ended_well()
    {
        var job = Written();
        string script = Path.Combine(job.Folder, "merge.sbatch");
        string mark = Path.Combine(job.Folder, "merge.done");
        var failed = Bash.Run(script, new Dictionary<string, string> { ["EXIT"] = "3" });
        Assert.Equal(3, failed.ExitCode);
        Assert.False(File.Exists(mark));
        var run = Bash.Run(script);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["merge", "--threads", "2", Command[4] + ".parts", "--out", Command[4]], Lines(run.Output, "argument"));
        Assert.True(File.Exists(mark));
    }

    [BashFact]
    public void A_step_that_is_told_to_end_hands_it_on_and_waits()
    {
        var job = Written();
        Bash.Program(job.Tool[0], "trap 'echo told; sleep 0.3; echo ended; exit 143' TERM\necho began\nfor i in {1..600}; do sleep 0.1; done");
        using var process = Bash.Start(Path.Combine(job.Folder, "merge.sbatch"));
        Assert.Equal("began", process.StandardOutput.ReadLine());
        using (var kill = System.Diagnostics.Process.Start("kill", ["-TERM", $"{process.Id}"]))
            kill.WaitForExit();
        Assert.Equal("told\nended\n", process.StandardOutput.ReadToEnd());
        Assert.True(process.WaitForExit(Patience.Long));
        Assert.Equal(143, process.ExitCode);
        Assert.False(File.Exists(Path.Combine(job.Folder, "merge.done")));
    }

    private ClusterJob Written(ClusterResources? resources = null)
    {
        string tool = Bash.Program(_folder["the tool"], """
            printf 'argument %s\0' "$@"
            printf 'folder %s\0' "$PWD"
            printf 'process %s\0' "$$"
            printf 'processors %s\0' "$DOTNET_PROCESSOR_COUNT"
            printf 'heap %s\0' "${DOTNET_GCHeapHardLimit-none}"
            exit "${EXIT:-0}"
            """);
        string work = Directory.CreateDirectory(_folder["where it's run"]).FullName;
        var job = new ClusterJob(_folder["the job"], 12, Command) { Tool = [tool], WorkingDirectory = work, Resources = resources ?? new ClusterResources { ThreadCount = 2 } };
        SlurmCluster.Write(job);
        return job;
    }

    private static (int ExitCode, string Output, string Error, int ProcessId) Run(ClusterJob job, int index, params (string Name, string Value)[] environment) => Bash.Run(
        Path.Combine(job.Folder, "score.sbatch"), environment.Append(("SLURM_ARRAY_TASK_ID", $"{index}")).ToDictionary(pair => pair.Item1, pair => pair.Item2));

    private static string[] Lines(string output, string name) =>
        [.. output.Split('\0').Where(line => line.StartsWith(name + " ", StringComparison.Ordinal)).Select(line => line[(name.Length + 1)..])];
}
