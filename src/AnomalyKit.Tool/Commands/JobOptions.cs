using System.CommandLine;
using System.Globalization;
using AnomalyKit.Tool.Arguments;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Commands;

/// <summary>What a job on a cluster is made of.</summary>
internal sealed class JobOptions
{
    private readonly Argument<string[]> _command = new("COMMAND") { Description = "Behind '--': fit or score, with its arguments and --out.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> _folder = new("--folder") { Description = "The folder for scripts and logs, which all machines see; anomalykit-job by default.", HelpName = "DIR", DefaultValueFactory = _ => "anomalykit-job" };
    private readonly Option<int?> _shards = new("--shards") { Description = "How many shards the rows are divided into.", HelpName = "N" };
    private readonly Option<string> _name = new("--name") { Description = "What the scheduler calls the job; anomalykit by default.", HelpName = "NAME", DefaultValueFactory = _ => "anomalykit" };
    private readonly Option<int> _cpus = new("--cpus") { Description = "Processors of a task; 1 by default.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _memory = new("--memory") { Description = "Memory of a task, such as 4G or 800M.", HelpName = "SIZE" };
    private readonly Option<string> _time = new("--time") { Description = "Time limit of a task, as hours:minutes:seconds.", HelpName = "TIME" };
    private readonly Option<string> _queue = new("--partition") { Description = "The partition of Slurm.", HelpName = "NAME" };
    private readonly Option<int?> _concurrent = new("--max-concurrent") { Description = "The most tasks at a time.", HelpName = "N" };
    private readonly Option<string[]> _tool = ListOption.Create("--tool", "How the command is started on the machines, as a list: dotnet,/opt/AnomalyKit.Tool.dll.", "PROGRAM,ARG");
    private readonly Option<bool> _sampled = new("--sampled-threshold") { Description = "Of a fit: takes the threshold from a sample of the rows, instead of scoring all of them in a second array." };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_command);
        foreach (Option option in (Option[])[_shards, _folder, _name, _cpus, _memory, _time, _queue, _concurrent, _tool, _sampled])
            command.Options.Add(option);
    }

    /// <summary>Refuses what describes a job where one is only looked up, which would be ignored.</summary>
    public void RefuseDescription(ParseResult parsed, string action)
    {
        if (parsed.GetValue(_command) is { Length: > 0 })
            throw new UsageException($"{action} takes the job that was written before, so no command may follow '--'. Leave it out, or write another job.");
        if (GivenOptions.Of(parsed, "--shards", "--name", "--cpus", "--memory", "--time", "--partition", "--max-concurrent", "--tool", "--sampled-threshold") is [var useless, ..])
            throw new UsageException($"{action} takes the job that was written before, so {useless} changes nothing. Leave it out, or write the job again with it into the same folder.");
    }

    public string Folder(ParseResult parsed) => parsed.GetValue(_folder)!;

    /// <summary>The job; its command is looked at before any machine is asked for it.</summary>
    public ClusterJob Job(ParseResult parsed, ToolContext context)
    {
        string[] command = parsed.GetValue(_command)!;
        if (command.Length == 0)
            throw new UsageException("Name the command behind '--', for example: anomalykit cluster slurm --shards 12 -- fit data/ --out model.akm.");
        int shards = parsed.GetValue(_shards) ?? throw new UsageException("Say how many shards there are: --shards N.");
        var inner = CommandLine.Parse(context, command);
        if (inner.Errors.Count > 0)
            throw new UsageException($"The command behind '--': {inner.Errors[0].Message}");
        bool isSampled = parsed.GetValue(_sampled);
        JobCommand.Check(inner, isSampled);
        bool findsThreshold = command[0] == "fit" && !isSampled;
        return Checked(() => new ClusterJob(Folder(parsed), shards, findsThreshold ? JobCommand.WithRules(command, inner) : command, findsThreshold ? JobCommand.Data(inner) : null)
        {
            Name = parsed.GetValue(_name)!,
            Tool = parsed.GetValue(_tool) is { Length: > 0 } tool ? tool : ["anomalykit"],
            Resources = new ClusterResources
            {
                ThreadCount = parsed.GetValue(_cpus),
                MemoryBytes = parsed.GetValue(_memory) is { } memory ? Size(memory) : null,
                TimeLimit = parsed.GetValue(_time) is { } time ? Time(time) : null,
                Queue = parsed.GetValue(_queue),
                MaxConcurrent = parsed.GetValue(_concurrent),
            },
        });
    }

    /// <summary>Makes something of options, whose errors are usage.</summary>
    public static T Checked<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException e)
        {
            throw new UsageException(ErrorText.Of(e));
        }
    }

    private static long Size(string text)
    {
        long unit = text.Length == 0 ? 0 : char.ToUpperInvariant(text[^1]) switch
        {
            'K' => 1L << 10,
            'M' => 1L << 20,
            'G' => 1L << 30,
            'T' => 1L << 40,
            _ => 0,
        };
        if (unit == 0 || !double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) || number * unit > long.MaxValue / 2)
            throw new UsageException($"--memory takes a size such as 4G or 800M, not '{text}'.");
        return (long)(number * unit);
    }

    private static TimeSpan Time(string text) =>
        text.Split(':') is [var hours, var minutes, var seconds] && int.TryParse(hours, NumberStyles.None, CultureInfo.InvariantCulture, out int h)
            && int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out int m) && int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out int s) && h < 100_000 && m < 60 && s < 60
            ? new TimeSpan(h, m, s)
            : throw new UsageException($"--time takes hours:minutes:seconds, not '{text}'.");
}
