using System.CommandLine;
using System.Globalization;
using AnomalyKit.Tool.Output;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Arguments;

/// <summary>Whether a command works on one shard of the rows, and on which.</summary>
internal sealed class ShardChoice
{
    private readonly Option<string> _shard = new("--shard")
    {
        Description = $"Works on the I-th of N parts of the rows, as I/N from 1/N to N/N; env/N takes I from {Shard.SlurmVariable} or {Shard.KubernetesVariable}. The part goes to the folder {ShardParts.FolderOf("OUT")}; 'anomalykit merge' joins all.",
        HelpName = "I/N",
    };

    private readonly Option<string> _plan = new("--plan")
    {
        Description = "A file that keeps how the rows are divided; made if it is not there. Saves each shard the counting of the rows of CSV.",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_shard);
        command.Options.Add(_plan);
    }

    public bool IsGiven(ParseResult parsed)
    {
        if (parsed.GetValue(_shard) is not null)
            return true;
        return parsed.GetValue(_plan) is null ? false : throw new UsageException("--plan is for shards. Give --shard, too.");
    }

    public (ShardPlan Plan, Shard Shard) Open(ParseResult parsed, TableFiles files, TableLayout layout, TableReadOptions reading, CancellationToken cancellationToken)
    {
        var plan = parsed.GetValue(_plan) is { } path && File.Exists(path) ? ShardPlan.Load(path, reading) : null;
        plan?.ThrowIfOther(files, layout);
        Shard shard;
        try
        {
            shard = Shard.Parse(parsed.GetValue(_shard)!, plan?.ShardCount);
        }
        catch (FormatException e)
        {
            throw new UsageException($"--shard: {e.Message}");
        }

        if (plan is null)
        {
            plan = ShardPlan.Create(files, shard.Count, layout, reading, cancellationToken);
            if (parsed.GetValue(_plan) is { } kept)
                plan.Save(kept);
        }

        return (plan, shard);
    }

    public static void Report(ToolContext context, ShardPart part, double seconds, bool asJson)
    {
        context.Say(string.Create(CultureInfo.InvariantCulture, $"shard {part.Shard} of {part.TotalRowCount:N0} rows {(part.IsReused ? "was done before" : $"in {seconds:0.0} s")} → {part.ManifestPath}"));
        if (asJson)
        {
            var document = JsonText.Document("part");
            document["kind"] = part.Kind.ToString().ToLowerInvariant();
            document["shard"] = part.Shard.Number;
            document["shards"] = part.Shard.Count;
            document["total_rows"] = part.TotalRowCount;
            document["manifest"] = part.ManifestPath;
            document["reused"] = part.IsReused;
            document["seconds"] = seconds;
            JsonText.Write(context, document);
        }
    }
}
