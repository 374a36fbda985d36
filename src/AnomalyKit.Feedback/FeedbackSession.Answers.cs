using AnomalyKit.Feedback.Sessions;

namespace AnomalyKit;

/// <content>Taking answers, correcting them and taking them back.</content>
public sealed partial class FeedbackSession
{
    /// <summary>Takes an answer and learns from it. It replaces an earlier answer of the same analyst about the same row; the same answer again changes nothing.</summary>
    /// <remarks>Where the row under the key has changed since it was answered, everything that was said about the row of before is forgotten, its history too.</remarks>
    /// <param name="key">The key of any row of the session, also of one that was not asked about.</param>
    /// <param name="label">What the analyst says.</param>
    /// <param name="analyst">Who says it; empty where only one person answers.</param>
    /// <exception cref="ArgumentException">No row has this key.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such label.</exception>
    /// <exception cref="InvalidOperationException">There are <see cref="MaxAnswers"/> rows with answers already.</exception>
    public void Answer(string key, FeedbackLabel label, string analyst = "") => Answer([new FeedbackAnswer(key, label, analyst)]);

    /// <summary>Takes several answers, for example a list of rows that are known already, and learns from all of them at once: the same as one after the other.</summary>
    /// <param name="answers">The answers. All are checked before one is taken.</param>
    /// <exception cref="ArgumentException">No row has one of the keys, or one analyst gives two different answers about a row.</exception>
    /// <exception cref="InvalidOperationException">There would be more than <see cref="MaxAnswers"/> rows with answers.</exception>
    public void Answer(IEnumerable<FeedbackAnswer> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        FeedbackAnswer[] given = [.. answers];
        Check(given);
        foreach (var answer in given)
        {
            if (_outdated.Contains(answer.Key))
                Forget(answer.Key);
            if (!_stored.ContainsKey(answer.Key))
                _stored.Add(answer.Key, Store(answer.Key));
            Change(_book.Find(answer.Key, answer.Analyst), answer);
        }

        (_lesson, _nearness, _odds) = Learn();
    }

    /// <summary>Takes an answer back, and with it what was learned from it.</summary>
    /// <param name="key">The key of the row.</param>
    /// <param name="analyst">Whose answer.</param>
    /// <returns>Whether there was such an answer.</returns>
    public bool Remove(string key, string analyst = "")
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(analyst);
        if (_book.Find(key, analyst) is not { } answer)
            return false;
        Change(answer, null);
        (_lesson, _nearness, _odds) = Learn();
        return true;
    }

    /// <summary>Takes the last change back: an answer, a correction or a removal.</summary>
    /// <returns>The change that was taken back; null where nothing has happened yet.</returns>
    public FeedbackChange? Undo()
    {
        if (_history.Count == 0)
            return null;
        var last = _history[^1];
        _history.RemoveAt(_history.Count - 1);
        Put(last.After, last.Before);
        (_lesson, _nearness, _odds) = Learn();
        return last;
    }

    private void Change(FeedbackAnswer? before, FeedbackAnswer? after)
    {
        if (before == after)
            return;
        _history.Add(new FeedbackChange(before, after));
        Put(before, after);
    }

    private void Put(FeedbackAnswer? before, FeedbackAnswer? after)
    {
        if (after is not null)
            _book.Set(after);
        else if (before is not null)
            _book.Remove(before.Key, before.Analyst);
    }

    private void Check(FeedbackAnswer[] answers)
    {
        var known = new Dictionary<(string Key, string Analyst), FeedbackAnswer>();
        foreach (var answer in answers)
        {
            if (answer is null)
                throw new ArgumentException("An answer is null.", nameof(answers));
            if (!_rows.TryFind(answer.Key, out _) && !_stored.ContainsKey(answer.Key))
                throw new ArgumentException($"No row of the session has the key '{answer.Key}'. Answers are given under the keys that the session was started with, not under positions in a sorted table.", nameof(answers));
            if (!known.TryAdd((answer.Key, answer.Analyst), answer) && known[(answer.Key, answer.Analyst)] != answer)
                throw new ArgumentException($"Two different answers about the row '{answer.Key}' come from the same analyst. Give the one that holds.", nameof(answers));
        }

        int rows = _book.KeyCount + answers.Select(answer => answer.Key).Distinct(StringComparer.Ordinal).Count(key => !_book.Contains(key));
        if (rows > MaxAnswers)
            throw new InvalidOperationException($"{rows} rows would have answers; at most {MaxAnswers} may. With so many labels, train a classifier.");
    }

    /// <summary>Forgets the row that had the key before: what was said about it says nothing about the row that has the key now, and is nothing to go back to.</summary>
    private void Forget(string key)
    {
        _book.Remove(key);
        _history.RemoveAll(change => (change.After ?? change.Before)!.Key == key);
        _stored.Remove(key);
        _candidates.Forget(key);
        _outdated.Remove(key);
    }

    private StoredRow Store(string key)
    {
        _rows.TryFind(key, out int position);
        var features = new float[_space.FeatureCount];
        _rows.Features(_space, position, features);
        return new StoredRow(features, _rows.Prior(_space, position));
    }
}
