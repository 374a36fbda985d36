using System.CommandLine;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Arguments;

/// <summary>How many threads work; by default those that a scheduler has allotted, or all processors.</summary>
internal sealed class ThreadsOption
{
    private const string Allotted = "SLURM_CPUS_PER_TASK";

    public Option<int?> Option { get; } = new("--threads") { Description = $"The most threads; by default those of {Allotted}, or one per processor.", HelpName = "N" };

    public int Value(ParseResult parsed)
    {
        int? threads = parsed.GetValue(Option);
        if (threads is null && int.TryParse(Environment.GetEnvironmentVariable(Allotted), out int allotted) && allotted > 0)
            return allotted;
        return threads switch
        {
            null => -1,
            > 0 => threads.Value,
            _ => throw new UsageException($"--threads takes a number from 1, not {threads}."),
        };
    }
}
