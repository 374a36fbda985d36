using AnomalyKit.Dashboard.Tables;

namespace AnomalyKit.Dashboard.Answers;

/// <summary>A session that was read from a file of answers, and what the file was like then.</summary>
internal sealed record AnswerSitting(ScoredRows Rows, TableFeedback Feedback, FileState File)
{
    /// <summary>Whether its session has taken an answer, so that it no longer is what the file said.</summary>
    public bool IsSpent { get; set; }

    /// <summary>The labels of rows that are still those that were answered.</summary>
    public Dictionary<string, FeedbackLabel> Labels()
    {
        var outdated = Feedback.Session.OutdatedKeys.ToHashSet(StringComparer.Ordinal);
        return Feedback.Session.Answers.Where(answer => !outdated.Contains(answer.Key))
            .GroupBy(answer => answer.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last().Label, StringComparer.Ordinal);
    }
}

/// <summary>When a file was written, and how long it is; another one after every change.</summary>
internal readonly record struct FileState(DateTime Written, long Length)
{
    public static FileState Of(string path) => new FileInfo(path) is { Exists: true } file ? new FileState(file.LastWriteTimeUtc, file.Length) : default;
}
