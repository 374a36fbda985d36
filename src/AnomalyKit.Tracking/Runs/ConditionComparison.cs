namespace AnomalyKit;

/// <summary>How a <see cref="RunCondition"/> compares. A run that lacks what is compared never fits, nor does a metric that is NaN.</summary>
public enum ConditionComparison
{
    /// <summary>Equal (<c>=</c>).</summary>
    Equal,

    /// <summary>There, and another value (<c>!=</c>).</summary>
    NotEqual,

    /// <summary>Higher (<c>&gt;</c>).</summary>
    Above,

    /// <summary>Higher or equal (<c>&gt;=</c>).</summary>
    AtLeast,

    /// <summary>Lower (<c>&lt;</c>).</summary>
    Below,

    /// <summary>Lower or equal (<c>&lt;=</c>).</summary>
    AtMost,
}
