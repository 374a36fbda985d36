namespace AnomalyKit;

/// <summary>What an attribution explains and how it comes about, for reports and documentation.</summary>
public sealed record AttributionInfo
{
    /// <summary>Describes a way of attributing.</summary>
    /// <param name="method">The short name, for example <c>path-dependent-tree-shap</c>.</param>
    /// <param name="explainedValue">What baseline and contributions add up to, in words: for example <c>the score</c>, <c>the negated mean path length</c>.</param>
    /// <param name="isExact">Whether the contributions follow from a formula; false where they are estimated by sampling.</param>
    /// <param name="reference">The paper that defines the method.</param>
    /// <exception cref="ArgumentException">A text is blank.</exception>
    public AttributionInfo(string method, string explainedValue, bool isExact, string reference)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(method);
        ArgumentException.ThrowIfNullOrWhiteSpace(explainedValue);
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        Method = method;
        ExplainedValue = explainedValue;
        IsExact = isExact;
        Reference = reference;
    }

    /// <summary>The short name of the method, for example <c>path-dependent-tree-shap</c>.</summary>
    public string Method { get; }

    /// <summary>What baseline and contributions add up to, in words. It is the score, or a value that grows with the score.</summary>
    public string ExplainedValue { get; }

    /// <summary>Whether the contributions follow from a formula; false where they are estimated by sampling.</summary>
    public bool IsExact { get; }

    /// <summary>The paper that defines the method.</summary>
    public string Reference { get; }
}
