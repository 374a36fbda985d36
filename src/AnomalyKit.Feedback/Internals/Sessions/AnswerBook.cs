namespace AnomalyKit.Feedback.Sessions;

/// <summary>The current answers by key, and by analyst within a key, both in ordinal order: a set, whatever order it was made in.</summary>
internal sealed class AnswerBook
{
    private readonly SortedDictionary<string, SortedDictionary<string, FeedbackAnswer>> _answers = new(StringComparer.Ordinal);

    public IEnumerable<string> Keys => _answers.Keys;

    public int KeyCount => _answers.Count;

    public IEnumerable<FeedbackAnswer> All => _answers.Values.SelectMany(answers => answers.Values);

    public bool Contains(string key) => _answers.ContainsKey(key);

    public FeedbackAnswer? Find(string key, string analyst) =>
        _answers.TryGetValue(key, out var answers) && answers.TryGetValue(analyst, out var answer) ? answer : null;

    /// <summary>Puts an analyst's answer in the place of an earlier one about the same row.</summary>
    public void Set(FeedbackAnswer answer)
    {
        if (!_answers.TryGetValue(answer.Key, out var answers))
            _answers.Add(answer.Key, answers = new(StringComparer.Ordinal));
        answers[answer.Analyst] = answer;
    }

    public void Remove(string key, string analyst)
    {
        if (_answers.TryGetValue(key, out var answers) && answers.Remove(analyst) && answers.Count == 0)
            _answers.Remove(key);
    }

    /// <summary>Removes all answers about a row.</summary>
    public void Remove(string key) => _answers.Remove(key);

    /// <summary>What the answers about a row come to: those who are unsure do not count, the others by their weights.</summary>
    /// <returns>The weighted fraction that says anomaly, and the mean weight; nothing where nobody says either.</returns>
    public (double Target, double Weight)? Verdict(string key)
    {
        double total = 0;
        double anomaly = 0;
        int count = 0;
        foreach (var answer in _answers[key].Values)
        {
            if (answer.Label == FeedbackLabel.Unsure || answer.Weight == 0)
                continue;
            count++;
            total += answer.Weight;
            anomaly += answer.Label == FeedbackLabel.Anomaly ? answer.Weight : 0;
        }

        return count == 0 ? null : (anomaly / total, total / count);
    }

    public FeedbackSummary Summary()
    {
        int anomalies = 0;
        int normals = 0;
        int unsure = 0;
        var disputed = new List<string>();
        foreach (var (key, answers) in _answers)
        {
            bool isAnomaly = answers.Values.Any(answer => answer.Label == FeedbackLabel.Anomaly && answer.Weight > 0);
            bool isNormal = answers.Values.Any(answer => answer.Label == FeedbackLabel.Normal && answer.Weight > 0);
            anomalies += isAnomaly && !isNormal ? 1 : 0;
            normals += isNormal && !isAnomaly ? 1 : 0;
            unsure += !isNormal && !isAnomaly ? 1 : 0;
            if (isAnomaly && isNormal)
                disputed.Add(key);
        }

        return new FeedbackSummary(anomalies, normals, unsure, disputed);
    }
}
