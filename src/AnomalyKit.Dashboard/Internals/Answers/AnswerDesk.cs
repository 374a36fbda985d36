using AnomalyKit.Dashboard.Tables;
using AnomalyKit.Dashboard.Work;
using AnomalyKit.Files;
using AnomalyKit.Persistence;
using Microsoft.Extensions.Options;

namespace AnomalyKit.Dashboard.Answers;

/// <summary>Labels of one viewer's rows, kept in the host's file of answers. One answer is one short sitting, so that several viewers and <c>anomalykit review</c> share the file.</summary>
internal sealed class AnswerDesk(IOptions<AnomalyDashboardOptions> options, HostBudget budget) : IDisposable
{
    // So often a session is read again because somebody else has written meanwhile; then it is read while everybody waits.
    private const int FreeTries = 4;

    // Within a process files are locked by turns, between processes by the sitting's own lock.
    private static readonly SemaphoreSlim Turn = new(1, 1);

    private readonly HeldBytes _held = budget.Hold();
    private ScoredRows? _rows;
    private AnswerSitting? _open;
    private KnownLabels? _labels;

    public bool IsAllowed => options.Value.AllowAnswers;

    /// <summary>Whether rows of a table can be labeled: the host allows it, and a key column keeps labels with their rows.</summary>
    public bool CanLabel(ScoredRows rows) => IsAllowed && rows.KeyColumn is not null;

    /// <summary>The label of a row; null where it has none, or was not read yet.</summary>
    public FeedbackLabel? LabelOf(ScoredRows rows, int row) =>
        _labels is { } labels && ReferenceEquals(labels.Rows, rows) && labels.ByKey.TryGetValue(rows.KeyOf(row), out var label) ? label : null;

    /// <summary>How many labels there are, in which file, and what learns from them: for whoever has just given one.</summary>
    public string NextStep(ScoredRows rows)
    {
        int count = _labels is { } labels && ReferenceEquals(labels.Rows, rows) ? labels.ByKey.Count : 0;
        string file = AnswersPath.NameOf(options.Value.AnswersFile!, rows.Model);
        string there = count == 1 ? "1 label of this table is" : FormattableString.Invariant($"{count} labels of this table are");
        return $"{there} in {file}. To learn from them: {ReviewCommandLine.Of(rows, file)}";
    }

    /// <summary>Reads the labels that are kept already.</summary>
    public async Task ReadAsync(ScoredRows rows, CancellationToken cancellationToken)
    {
        if (!CanLabel(rows))
            return;
        _rows = rows;
        string path = PathOf(rows);
        var sitting = await FreshAsync(rows, path, cancellationToken).ConfigureAwait(false);
        await Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Keep(sitting);
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>Keeps an answer. The same answer again changes nothing.</summary>
    /// <exception cref="InvalidOperationException">The host does not allow answers, the table has no key column, or another sitting has the file.</exception>
    public Task AnswerAsync(ScoredRows rows, int row, FeedbackLabel label, string analyst, CancellationToken cancellationToken) => ChangeAsync(rows, new AnswerChange(rows.KeyOf(row), label, analyst), cancellationToken);

    /// <summary>Takes a viewer's answer about a row back; answers of others stay.</summary>
    /// <returns>Whether the row has no label any more.</returns>
    /// <exception cref="InvalidOperationException">The host does not allow answers, the table has no key column, or another sitting has the file.</exception>
    public async Task<bool> TakeBackAsync(ScoredRows rows, int row, string analyst, CancellationToken cancellationToken)
    {
        await ChangeAsync(rows, new AnswerChange(rows.KeyOf(row), Label: null, analyst), cancellationToken).ConfigureAwait(false);
        return LabelOf(rows, row) is null;
    }

    private async Task ChangeAsync(ScoredRows rows, AnswerChange change, CancellationToken cancellationToken)
    {
        string path = PathOf(rows);
        _rows ??= rows;
        for (int attempt = 0; ; attempt++)
        {
            // Reading a session scores all of its rows: nobody else waits for that.
            var sitting = await FreshAsync(rows, path, cancellationToken).ConfigureAwait(false);
            await Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                if (await Task.Run(() => TryChange(sitting, change, path, attempt == FreeTries, cancellationToken), cancellationToken).ConfigureAwait(false))
                    return;
            }
            finally
            {
                Turn.Release();
            }
        }
    }

    /// <summary>Forgets the table of before.</summary>
    public void Clear()
    {
        (_rows, _open, _labels) = (null, null, null);
        _held.Set(0);
    }

    public void Dispose() => _held.Dispose();

    private bool TryChange(AnswerSitting sitting, AnswerChange change, string path, bool isLast, CancellationToken cancellationToken)
    {
        using var turn = SittingLock.Take(path);
        if (sitting.IsSpent || FileState.Of(path) != sitting.File)
        {
            if (!isLast)
                return false;
            sitting = Open(sitting.Rows, path, cancellationToken);
        }

        var session = sitting.Feedback.Session;
        if (change.IsDone(session))
        {
            Keep(sitting);
            return true;
        }

        // Whatever fails from here on, the session no longer is what the file says.
        (_open, sitting.IsSpent) = (null, true);
        change.Do(session);
        session.Save(path);
        Keep(new AnswerSitting(sitting.Rows, sitting.Feedback, FileState.Of(path)));
        return true;
    }

    private void Keep(AnswerSitting sitting)
    {
        // An answer about the table of before may end when the next one is shown already.
        if (ReferenceEquals(sitting.Rows, _rows))
            (_open, _labels) = (sitting, new KnownLabels(sitting.Rows, sitting.Labels()));
    }

    private Task<AnswerSitting> FreshAsync(ScoredRows rows, string path, CancellationToken cancellationToken) =>
        _open is { } open && ReferenceEquals(open.Rows, rows) && open.File == FileState.Of(path) ? Task.FromResult(open) : budget.RunLongAsync(() => Open(rows, path, cancellationToken), cancellationToken);

    private AnswerSitting Open(ScoredRows rows, string path, CancellationToken cancellationToken)
    {
        // The session keeps its rows as numbers, and their scores.
        _held.Set((long)rows.Count * sizeof(float) * (rows.Table.Columns.Count + 2));
        // Asked before the file is read: a file that changes in between is read again.
        var state = FileState.Of(path);
        try
        {
            return new AnswerSitting(rows, TableFeedback.Open(rows.Model.Detector, rows.Table, rows.KeyColumn, path, cancellationToken: cancellationToken), state);
        }
        catch (ModelFormatException e) when (!AnswersPath.IsPerModel(options.Value.AnswersFile!))
        {
            throw new InvalidOperationException($"{e.Message} A file of answers belongs to one model. With several models, its path on the host must have {{model}} in it, and {{version}} where versions are labeled side by side.", e);
        }
    }

    private string PathOf(ScoredRows rows)
    {
        if (!IsAllowed)
            throw new InvalidOperationException("This dashboard is read-only: its host does not allow labels (AllowAnswers).");
        if (rows.KeyColumn is null)
            throw new InvalidOperationException("Labels need a key column, which keeps them with their rows. Name it beside the table, and score the table again.");
        return AnswersPath.Of(options.Value.AnswersFile!, rows.Model);
    }

    private sealed record KnownLabels(ScoredRows Rows, Dictionary<string, FeedbackLabel> ByKey);
}
