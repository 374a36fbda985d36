namespace AnomalyKit;

/// <summary>The steps that a command becomes on a cluster.</summary>
/// <remarks>
/// A shard of <c>--out FILE</c> leaves its part in the folder <c>FILE.parts</c>, which <c>merge</c> makes FILE of. A fit may have two more steps: the merged model scores all rows in shards, and the
/// threshold is found in their scores.
/// </remarks>
internal static class CommandStages
{
    public static IReadOnlyList<ClusterStage> Of(IReadOnlyList<string> command, IReadOnlyList<string>? thresholdData, int shardCount)
    {
        if (command.Count == 0 || command[0] is not ("fit" or "score"))
            throw new ArgumentException($"'{(command.Count == 0 ? string.Empty : command[0])}' does not run as shards. Give fit or score, with its arguments.", nameof(command));
        Refuse(command, "--shard", "the job sets it");
        Refuse(command, "--threads", "the threads of a task follow from its resources");
        if (command[0] == "score" && (command.Count < 2 || command[1].StartsWith('-')))
            throw new ArgumentException("Put the name of the model directly after 'score'.", nameof(command));
        string output = ValueOf(command, "--out") ?? throw new ArgumentException($"The command has no --out. Name the file for the {(command[0] == "fit" ? "model" : "scores")}: shards cannot go to standard output.", nameof(command));
        if (thresholdData is null)
            return [Shards(command, output, shardCount), Merge("merge", ShardParts.FolderOf(output), output)];
        if (command[0] != "fit")
            throw new ArgumentException("Only a fit finds a threshold. Scores use the threshold of their model.", nameof(thresholdData));

        // The threshold is not known before all is scored, so the model without it lies beside its parts.
        string merged = $"{ShardParts.FolderOf(output)}/merged.akm";
        string scores = $"{output}.scores.parquet";
        string[] rule = [.. OptionOf(command, "--threshold"), .. OptionOf(command, "--calibration")];
        return
        [
            Shards(command, output, shardCount),
            Merge("merge", ShardParts.FolderOf(output), merged),
            Shards(["score", merged, .. thresholdData, "--out", scores], scores, shardCount, "threshold-score"),
            Merge("threshold-merge", ShardParts.FolderOf(scores), output, ["--model", merged, .. rule]),
        ];
    }

    private static ClusterStage Shards(IReadOnlyList<string> command, string output, int shardCount, string? name = null)
    {
        // What follows -- is data.
        int end = command.TakeWhile(argument => argument != "--").Count();
        return new ClusterStage(name ?? command[0], [.. command.Take(end), "--shard", $"env/{shardCount}", .. command.Skip(end)], shardCount, IsArray: true, ShardParts.FolderOf(output));
    }

    private static ClusterStage Merge(string name, string parts, string output, params string[] more) => new(name, ["merge", parts, .. more, "--out", output], 1, IsArray: false, output);

    private static string[] OptionOf(IReadOnlyList<string> command, string option) => ValueOf(command, option) is { } value ? [option, value] : [];

    private static string? ValueOf(IReadOnlyList<string> command, string option)
    {
        for (int i = 1; i < command.Count && command[i] != "--"; i++)
        {
            if (command[i] == option && i + 1 < command.Count)
                return command[i + 1];
            if (IsWithValue(command[i], option))
                return command[i][(option.Length + 1)..];
        }

        return null;
    }

    // A value follows its option as a word of its own, or behind one of two signs.
    private static bool IsWithValue(string argument, string option) =>
        argument.Length > option.Length && argument[option.Length] is '=' or ':' && argument.StartsWith(option, StringComparison.Ordinal);

    private static void Refuse(IReadOnlyList<string> command, string option, string why)
    {
        if (command.TakeWhile(argument => argument != "--").Any(argument => argument == option || IsWithValue(argument, option)))
            throw new ArgumentException($"The command has {option}. Leave it out, because {why}.", nameof(command));
    }
}
