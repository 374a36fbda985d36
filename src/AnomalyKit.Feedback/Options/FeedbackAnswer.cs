namespace AnomalyKit;

/// <summary>One analyst's answer about one row.</summary>
/// <remarks>Equal where all parts are equal.</remarks>
public sealed record FeedbackAnswer
{
    /// <summary>Keeps an answer.</summary>
    /// <param name="key">The stable key of the row.</param>
    /// <param name="label">What the analyst says.</param>
    /// <param name="analyst">Who says it; empty where only one person answers.</param>
    /// <exception cref="ArgumentException">The key is empty, or key or analyst hold half of a surrogate pair.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such label.</exception>
    public FeedbackAnswer(string key, FeedbackLabel label, string analyst = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(analyst);
        if (!IsWhole(key) || !IsWhole(analyst))
            throw new ArgumentException("The key or the analyst's name holds half of a surrogate pair, which no file can keep. Give whole characters.", IsWhole(key) ? nameof(analyst) : nameof(key));
        if (!Enum.IsDefined(label))
            throw new ArgumentOutOfRangeException(nameof(label), label, "An answer is Anomaly, Normal or Unsure.");
        Key = key;
        Label = label;
        Analyst = analyst;
    }

    /// <summary>Keeps an answer to the question whether a row is an anomaly.</summary>
    /// <param name="key">The stable key of the row.</param>
    /// <param name="isAnomaly">True for an anomaly, false for a normal row.</param>
    /// <param name="analyst">Who says it; empty where only one person answers.</param>
    /// <exception cref="ArgumentException">The key is empty, or key or analyst hold half of a surrogate pair.</exception>
    public FeedbackAnswer(string key, bool isAnomaly, string analyst = "")
        : this(key, isAnomaly ? FeedbackLabel.Anomaly : FeedbackLabel.Normal, analyst)
    {
    }

    /// <summary>The stable key of the row.</summary>
    public string Key { get; }

    /// <summary>What the analyst says.</summary>
    public FeedbackLabel Label { get; }

    /// <summary>Who says it; empty where only one person answers.</summary>
    public string Analyst { get; }

    /// <summary>How much the answer counts against others: 1 by default; 0 for an answer that is kept and teaches nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN, or above 1,000.</exception>
    public double Weight
    {
        get;
        init => field = value is >= 0 and <= 1000
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Weight), value, "The weight of an answer lies between 0 and 1,000. It counts answers; it is no cost that may be infinite.");
    } = 1;

    /// <summary>Reads a label from a word: <c>anomaly</c>, <c>normal</c> or <c>unsure</c>, in any case.</summary>
    /// <param name="text">The word. Codes such as 0, 1 and -1 are refused: sources disagree on what they mean, so map them yourself.</param>
    /// <returns>The label.</returns>
    /// <exception cref="ArgumentException">The word is none of the three.</exception>
    public static FeedbackLabel ParseLabel(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var label in Enum.GetValues<FeedbackLabel>())
        {
            if (label.ToString().Equals(text.Trim(), StringComparison.OrdinalIgnoreCase))
                return label;
        }

        throw new ArgumentException($"The label '{text}' is not known. Write anomaly, normal or unsure; map codes such as 0 and 1 to these yourself.", nameof(text));
    }

    /// <summary>Whether a text has no half of a surrogate pair.</summary>
    internal static bool IsWhole(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i]))
                return false;
        }

        return true;
    }
}
