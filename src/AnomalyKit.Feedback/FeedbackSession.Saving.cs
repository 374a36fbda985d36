using AnomalyKit.Feedback.Learning;
using AnomalyKit.Feedback.Sessions;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <content>Sessions that go on another day.</content>
public sealed partial class FeedbackSession
{
    /// <summary>Saves the answers, with what the answered rows looked like, to a file, which appears whole or not at all. Detector and rows are not in it.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written; an existing one is left as it was.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        new SessionFile(Options, _space, _stored, _history).Save(path, _rows.BaseFingerprint);
    }

    /// <summary>Goes on with a saved session: with the rows of then in any order, or with other rows of the same columns. Answers about rows that are no longer there go on teaching.</summary>
    /// <remarks>
    /// A key whose row has changed since it was answered counts as unanswered: it may be asked about, and what was said goes on teaching about the row of then until the key is answered anew.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="detector">The detector that the session started from.</param>
    /// <param name="rows">The rows to ask about from now on.</param>
    /// <param name="keys">One stable key per row, all different; null to call rows by their numbers.</param>
    /// <param name="cancellationToken">Stops the scoring of the rows.</param>
    /// <returns>The session, which has learned what it had.</returns>
    /// <exception cref="ModelFormatException">The file is cut, corrupt, no session, or of another detector.</exception>
    /// <exception cref="ArgumentException">The rows have other columns than the detector, there are none, keys are missing or repeated, or the rows are called by their numbers and one with an answer has changed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static FeedbackSession Resume(
        string path, IAnomalyDetector detector, FeatureMatrix rows, IReadOnlyList<string>? keys = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(rows);
        var scored = new SessionRows(detector, rows, keys, cancellationToken);
        var file = SessionFile.Load(path, scored);
        var session = new FeedbackSession(scored, file.Space, file.Options, AnswerKernel.Default);
        session.Restore(file);
        session.FindOutdated(areNumbers: keys is null);
        return session;
    }

    private void Restore(SessionFile file)
    {
        foreach (var (key, row) in file.Rows)
            _stored.Add(key, row);
        foreach (var change in file.History)
        {
            var named = change.After ?? change.Before ?? throw ModelReader.FormatError("a change of its answers changes nothing");
            if (_book.Find(named.Key, named.Analyst) != change.Before)
                throw ModelReader.FormatError($"its answers about the row '{named.Key}' do not follow from each other");
            Put(change.Before, change.After);
            _history.Add(change);
        }

        if (_book.KeyCount > MaxAnswers)
            throw ModelReader.FormatError($"it has answers about {_book.KeyCount} rows; at most {MaxAnswers} may be");
        (_lesson, _nearness, _odds) = Learn();
    }

    /// <summary>Finds the keys that belong to other rows than those that were answered.</summary>
    private void FindOutdated(bool areNumbers)
    {
        foreach (var (key, row) in _stored)
        {
            if (!_rows.TryFind(key, out _) || row.IsSameRow(Store(key), _space.Members.Count))
                continue;
            if (areNumbers && _book.Contains(key))
            {
                throw new ArgumentException(
                    $"Row {key} is not the row that was answered: rows were sorted, added, dropped or changed since, and are called by their numbers. Give the rows of then, or keys that stay with their rows in a new session.");
            }

            _outdated.Add(key);
        }
    }
}
