namespace AnomalyKit.Dashboard.Answers;

/// <summary>What a viewer wants a session to say of a row: a label, or none any more.</summary>
internal sealed record AnswerChange(string Key, FeedbackLabel? Label, string Analyst)
{
    /// <summary>Whether a session says so already.</summary>
    public bool IsDone(FeedbackSession session) => Label is { } label
        ? session.Answers.Contains(new FeedbackAnswer(Key, label, Analyst)) && !session.OutdatedKeys.Contains(Key)
        : !session.Answers.Any(answer => answer.Key == Key && answer.Analyst == Analyst);

    public void Do(FeedbackSession session)
    {
        if (Label is { } label)
            session.Answer([new FeedbackAnswer(Key, label, Analyst)]);
        else
            session.Remove(Key, Analyst);
    }
}
