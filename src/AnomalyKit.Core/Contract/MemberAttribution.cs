namespace AnomalyKit;

/// <summary>What a member of an ensemble says about a row.</summary>
/// <param name="name">The member's name.</param>
/// <param name="share">What the member added to the ensemble's explained value beyond its baseline: the sum of its contributions on the common scale, weighted.</param>
/// <param name="attribution">The member's own attribution, in its own unit.</param>
public sealed class MemberAttribution(string name, double share, Attribution attribution)
{
    /// <summary>The member's name.</summary>
    public string Name { get; } = name;

    /// <summary>What the member added to the ensemble's explained value beyond its baseline; over all members that is the ensemble's explained value less its baseline.</summary>
    public double Share { get; } = share;

    /// <summary>The member's own attribution, in its own unit.</summary>
    public Attribution Attribution { get; } = attribution;

    /// <summary>Name and share.</summary>
    /// <returns>For example <c>forest +0.31: score 0.71: amount +3.2</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Name} {Share:+0.####;-0.####;0}: {Attribution}");
}
