using AnomalyKit.Dashboard.Tables;
using AnomalyKit.Files;
using Microsoft.Extensions.Options;

namespace AnomalyKit.Dashboard.Answers;

/// <summary>Labels of one viewer's rows, kept in the host's file of answers. One answer is one short sitting, so that several viewers and <c>anomalykit review</c> share the file.</summary>
internal sealed class AnswerDesk(IOptions<AnomalyDashboardOptions> options)
{
    // Within a process files are locked by turns, between processes by the sitting's own lock.
    private static readonly SemaphoreSlim Turn = new(1, 1);

    private (ScoredRows Rows, DateTime Written, TableFeedback Feedback)? _open;

    public bool IsAllowed => options.Value.AllowAnswers;

    /// <summary>The answers about the rows, by key.</summary>
    public IReadOnlyDictionary<string, FeedbackLabel> Answers { get; private set; } = new Dictionary<string, FeedbackLabel>();

    /// <summary>Reads the answers that are kept already.</summary>
    public Task ReadAsync(ScoredRows rows, CancellationToken cancellationToken) => IsAllowed ? ChangeAsync(rows, _ => false, cancellationToken) : Task.CompletedTask;

    /// <summary>Keeps an answer. The same answer again changes nothing.</summary>
    /// <exception cref="InvalidOperationException">The host does not allow answers, or another sitting has the file.</exception>
    public Task AnswerAsync(ScoredRows rows, int row, FeedbackLabel label, string analyst, CancellationToken cancellationToken) => ChangeAsync(
        rows,
        feedback =>
        {
            int before = feedback.Session.History.Count;
            feedback.Session.Answer(rows.KeyOf(row), label, analyst);
            return feedback.Session.History.Count != before;
        },
        cancellationToken);

    private async Task ChangeAsync(ScoredRows rows, Func<TableFeedback, bool> change, CancellationToken cancellationToken)
    {
        if (!IsAllowed)
            throw new InvalidOperationException("This dashboard is read-only: its host does not allow labels (AllowAnswers).");
        string path = Path.GetFullPath(options.Value.AnswersFile!);
        await Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await Task.Run(
                () =>
                {
                    using var sitting = SittingLock.Take(path);
                    var feedback = Open(rows, path, cancellationToken);
                    if (change(feedback))
                        feedback.Session.Save(path);
                    _open = (rows, File.GetLastWriteTimeUtc(path), feedback);
                    Answers = feedback.Session.Answers.GroupBy(answer => answer.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last().Label, StringComparer.Ordinal);
                },
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Turn.Release();
        }
    }

    private TableFeedback Open(ScoredRows rows, string path, CancellationToken cancellationToken) => _open is { } open && ReferenceEquals(open.Rows, rows) && open.Written == File.GetLastWriteTimeUtc(path)
        ? open.Feedback
        : TableFeedback.Open(rows.Model.Detector, rows.Table, rows.KeyColumn, path, cancellationToken: cancellationToken);
}
