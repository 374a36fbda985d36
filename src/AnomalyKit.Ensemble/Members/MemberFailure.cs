namespace AnomalyKit;

/// <summary>A member that could not be fitted, in an ensemble that went on without it.</summary>
public sealed record MemberFailure
{
    internal MemberFailure(string member, string reason)
    {
        Member = member;
        Reason = reason;
    }

    /// <summary>The member's name.</summary>
    public string Member { get; }

    /// <summary>Why, in the words of its own error.</summary>
    public string Reason { get; }
}
