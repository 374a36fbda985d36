namespace AnomalyKit;

/// <summary>A member of an ensemble could not be fitted; the message names it and gives its own reason.</summary>
public sealed class EnsembleMemberException : ArgumentException
{
    internal EnsembleMemberException(string member, Exception inner)
        : base($"The member '{member}' could not be fitted: {inner.Message} Mend its options, or set SkipFailingMembers to go on without it.", inner) => Member = member;

    internal EnsembleMemberException(string message)
        : base(message) => Member = string.Empty;

    /// <summary>The member's name; empty where no member was left.</summary>
    public string Member { get; }
}
