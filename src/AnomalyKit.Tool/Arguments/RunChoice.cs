using System.CommandLine;
using AnomalyKit.TextValues;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Arguments;

/// <summary>Which runs are meant.</summary>
internal sealed class RunChoice
{
    private readonly Option<string> _experiment = new("--experiment") { Description = "Only runs of this experiment.", HelpName = "NAME" };
    private readonly Option<string> _status = new("--status") { Description = $"Only runs with this status: {string.Join(", ", TextWords.OfEnum<RunStatus>())}.", HelpName = "STATUS" };
    private readonly Option<string> _parent = new("--parent") { Description = "Only runs that are parts of this run, such as the trials of a search.", HelpName = "RUN" };

    private readonly Option<string[]> _where = new("--where")
    {
        Description = "A condition that runs must meet; repeat the option for several: 'metrics.average_precision >= 0.4', 'params.TreeCount = 200', 'tags.detector = isolation-forest'.",
        HelpName = "CONDITION",
        DefaultValueFactory = _ => [],
        AllowMultipleArgumentsPerToken = false,
    };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_experiment, _status, _parent, _where])
            command.Options.Add(option);
    }

    /// <summary>Whether the command line says which.</summary>
    public bool IsMade(ParseResult parsed) => GivenOptions.Of(parsed, _experiment.Name, _status.Name, _parent.Name, _where.Name).Length > 0;

    public RunQuery Query(ParseResult parsed)
    {
        try
        {
            return new RunQuery
            {
                Experiment = parsed.GetValue(_experiment),
                Status = parsed.GetValue(_status) is { } status ? TextWords.ReadEnum<RunStatus>(status) : null,
                ParentRunId = parsed.GetValue(_parent),
                Conditions = [.. parsed.GetValue(_where)!.Select(RunCondition.Parse)],
            };
        }
        catch (FormatException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
