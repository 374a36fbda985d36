using System.Globalization;
using System.Text.Json.Nodes;
using AnomalyKit.Tool.Output;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Commands;

/// <summary>Jobs of clusters, for people and programs.</summary>
internal static class JobView
{
    public static int Written(ToolContext context, IReadOnlyList<string> files, bool asJson)
    {
        if (asJson)
        {
            var document = JsonText.Document("job");
            document["files"] = new JsonArray([.. files.Select(file => (JsonNode)file)]);
            JsonText.Write(context, document);
        }
        else
        {
            foreach (string file in files)
                context.Text.WriteLine(file);
            context.Say($"Run {files[^1]} to start the job.");
        }

        return ExitCode.Done;
    }

    public static int Submitted(ToolContext context, IReadOnlyList<SlurmSubmission> steps, bool asJson)
    {
        if (asJson)
        {
            var document = JsonText.Document("submission");
            document["steps"] = new JsonArray([.. steps.Select(step => (JsonNode)new JsonObject { ["step"] = step.Stage, ["job_id"] = step.JobId })]);
            JsonText.Write(context, document);
        }
        else
        {
            foreach (var step in steps)
                context.Text.WriteLine($"{step.Stage} {step.JobId}");
            if (steps.Count == 0)
                context.Say("Nothing is missing: the job is done.");
        }

        return ExitCode.Done;
    }

    /// <summary>Exit code 1 where a shard failed, so that scripts notice.</summary>
    public static int Status(ToolContext context, ClusterStatus status, bool asJson)
    {
        if (asJson)
            WriteJson(context, status);
        else
            Write(context, status);
        int failed = status.Stages.Sum(stage => stage.Count(ShardState.Failed));
        if (failed == 0)
            return ExitCode.Done;
        context.Fail($"{(failed == 1 ? "1 shard has failed." : $"{Text(failed)} shards have failed.")} Mend the cause, then submit what is missing with --resume.");
        return ExitCode.Failed;
    }

    private static void Write(ToolContext context, ClusterStatus status)
    {
        var table = new TextTable("step", ">shards", ">done", ">running", ">waiting", ">failed", ">not started");
        foreach (var stage in status.Stages)
        {
            table.Row(
                stage.Name, Text(stage.Shards.Count), Text(stage.Count(ShardState.Done)), Text(stage.Count(ShardState.Running)), Text(stage.Count(ShardState.Waiting)),
                Text(stage.Count(ShardState.Failed)), Text(stage.Count(ShardState.NotStarted)));
        }

        table.Write(context);
        foreach (var stage in status.Stages)
        {
            foreach (var shard in stage.Shards.Where(shard => shard.State == ShardState.Failed))
            {
                context.Text.WriteLine($"{stage.Name} {shard.Index} failed{(shard.Reason is null ? "" : $" ({shard.Reason})")}:");
                foreach (string line in shard.LogTail)
                    context.Text.WriteLine($"  {TextTable.Printable(line)}");
            }
        }
    }

    private static void WriteJson(ToolContext context, ClusterStatus status)
    {
        var document = JsonText.Document("job_status");
        document["done"] = status.IsDone;
        document["steps"] = new JsonArray([.. status.Stages.Select(stage => (JsonNode)new JsonObject
        {
            ["step"] = stage.Name,
            ["shards"] = new JsonArray([.. stage.Shards.Select(shard => (JsonNode)new JsonObject
            {
                ["shard"] = shard.Index,
                ["state"] = State(shard.State),
                ["reason"] = shard.Reason,
                ["log"] = new JsonArray([.. shard.LogTail.Select(line => (JsonNode)line)]),
            })]),
        })]);
        JsonText.Write(context, document);
    }

    private static string State(ShardState state) => state switch
    {
        ShardState.NotStarted => "not_started",
        _ => state.ToString().ToLowerInvariant(),
    };

    private static string Text(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
