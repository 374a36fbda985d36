namespace AnomalyKit;

/// <summary>Which values are better.</summary>
public enum SearchDirection
{
    /// <summary>Higher values.</summary>
    Maximize,

    /// <summary>Lower values.</summary>
    Minimize,
}
