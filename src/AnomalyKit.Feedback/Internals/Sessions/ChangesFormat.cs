using AnomalyKit.Persistence;

namespace AnomalyKit.Feedback.Sessions;

/// <summary>The changes of a session's answers, in its file: one entry per change, analysts and rows by number.</summary>
internal static class ChangesFormat
{
    private const int Nothing = -1;

    public static void Write(ModelWriter writer, IReadOnlyList<FeedbackChange> changes, string[] keys)
    {
        FeedbackAnswer[] named = [.. changes.Select(change => change.After ?? change.Before!)];
        string[] analysts = [.. named.Select(answer => answer.Analyst).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        writer.Set("count", changes.Count);
        writer.Set("analysts", analysts.Length);
        for (int i = 0; i < analysts.Length; i++)
            writer.Set(FormattableString.Invariant($"analyst-{i}"), analysts[i]);
        writer.Add<int>("analyst", Array.ConvertAll(named, answer => Array.BinarySearch(analysts, answer.Analyst, StringComparer.Ordinal)));
        writer.Add<int>("row", Array.ConvertAll(named, answer => Array.BinarySearch(keys, answer.Key, StringComparer.Ordinal)));
        Write(writer, "before", [.. changes.Select(change => change.Before)]);
        Write(writer, "after", [.. changes.Select(change => change.After)]);
    }

    public static FeedbackChange[] Read(ModelReader reader, string[] keys, int maxCount)
    {
        int count = reader.GetInt32("count", 0, maxCount);
        var analysts = new string[reader.GetInt32("analysts", 0, count)];
        for (int i = 0; i < analysts.Length; i++)
            analysts[i] = reader.GetString(FormattableString.Invariant($"analyst-{i}"));
        int[] analyst = reader.GetInt32s("analyst", 0, analysts.Length - 1, count);
        int[] row = reader.GetInt32s("row", 0, keys.Length - 1, count);
        var before = ReadAnswers("before");
        var after = ReadAnswers("after");
        return [.. before.Select((answer, i) => new FeedbackChange(answer, after[i]))];

        FeedbackAnswer?[] ReadAnswers(string name)
        {
            int[] labels = reader.GetInt32s($"{name}-label", Nothing, (int)FeedbackLabel.Anomaly, count);
            double[] weights = reader.GetDoubles($"{name}-weight", count);
            return [.. labels.Select((label, i) => label == Nothing ? null : Answer(keys[row[i]], (FeedbackLabel)label, analysts[analyst[i]], weights[i]))];
        }
    }

    private static void Write(ModelWriter writer, string name, FeedbackAnswer?[] answers)
    {
        writer.Add<int>($"{name}-label", Array.ConvertAll(answers, answer => answer is null ? Nothing : (int)answer.Label));
        writer.Add<double>($"{name}-weight", Array.ConvertAll(answers, answer => answer?.Weight ?? 0));
    }

    private static FeedbackAnswer Answer(string key, FeedbackLabel label, string analyst, double weight) => weight is >= 0 and <= 1000
        ? new FeedbackAnswer(key, label, analyst) { Weight = weight }
        : throw ModelReader.FormatError(FormattableString.Invariant($"an answer about its row '{key}' has the weight {weight}"));
}
