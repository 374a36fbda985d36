namespace AnomalyKit;

/// <summary>A member that could not be fitted, in an ensemble that went on without it.</summary>
/// <param name="Member">The member's name.</param>
/// <param name="Reason">Why, in the words of its own error.</param>
public sealed record MemberFailure(string Member, string Reason);
