namespace AnomalyKit;

/// <summary>The files of a table that is worked on in shards are not what they were, or its parts do not fit together or are not all there.</summary>
public sealed class ShardException : IOException
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">What lies behind it, if anything.</param>
    /// <param name="missingShards">The shards that are not there, if that is what is wrong.</param>
    public ShardException(string message, Exception? innerException = null, IReadOnlyList<int>? missingShards = null)
        : base(message, innerException) => MissingShards = missingShards ?? [];

    /// <summary>The numbers of the shards whose parts are not there, ascending; none where something else is wrong.</summary>
    public IReadOnlyList<int> MissingShards { get; }
}
