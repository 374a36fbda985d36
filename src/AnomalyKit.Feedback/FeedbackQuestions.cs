namespace AnomalyKit;

/// <summary>The rows to ask about next.</summary>
public sealed class FeedbackQuestions
{
    internal FeedbackQuestions(IReadOnlyList<FeedbackQuestion> items, bool isPoolExhausted)
    {
        Items = items;
        IsPoolExhausted = isPoolExhausted;
    }

    /// <summary>The rows, the first question first; no row twice, and none that has an answer. Empty where nothing is left to ask.</summary>
    public IReadOnlyList<FeedbackQuestion> Items { get; }

    /// <summary>Whether fewer candidates were left than were asked for; see <see cref="FeedbackOptions.CandidateCount"/>.</summary>
    public bool IsPoolExhausted { get; }
}
