using System.Globalization;

namespace AnomalyKit;

/// <summary>What a job still needs, as <c>submit.sh</c> takes it: <c>fit:3,7-9</c>, <c>merge</c>.</summary>
internal static class MissingSteps
{
    public static string[] Of(ClusterJob job, ClusterStatus status)
    {
        if (status.IsDone)
            return [];
        var steps = new List<string>();
        // What was joined already needs its parts no more.
        int begin = 1 + Enumerable.Range(0, job.Stages.Count).LastOrDefault(i => !job.Stages[i].IsArray && status.Stages[i].Shards[0].State == ShardState.Done, -1);
        for (int i = begin; i < job.Stages.Count; i++)
        {
            var stage = job.Stages[i];
            // Once a step is made again, all behind it may hold what the old one said: their tasks look for themselves whether anything is left to do.
            int[] missing = [.. status.Stages[i].Shards.Where(shard => steps.Count > 0 || shard.State != ShardState.Done).Select(shard => shard.Index)];
            if (missing.Length > 0)
                steps.Add(missing.Length == stage.ShardCount ? stage.Name : $"{stage.Name}:{Ranges(missing)}");
        }

        return [.. steps];
    }

    /// <summary>Ascending numbers, runs of them as first and last: <c>1,3-5</c>.</summary>
    public static string Ranges(int[] numbers)
    {
        var ranges = new List<string>();
        for (int i = 0; i < numbers.Length;)
        {
            int from = i;
            while (++i < numbers.Length && numbers[i] == numbers[i - 1] + 1)
            {
            }

            string first = numbers[from].ToString(CultureInfo.InvariantCulture);
            ranges.Add(i - from == 1 ? first : $"{first}-{numbers[i - 1]}");
        }

        return string.Join(',', ranges);
    }
}
