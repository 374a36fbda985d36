namespace AnomalyKit;

/// <summary>No such model, or no such version of it, is served.</summary>
public sealed class ModelNotFoundException : Exception
{
    /// <summary>Names what was looked for, and what there is.</summary>
    /// <param name="message">The name, and the names that are served.</param>
    public ModelNotFoundException(string message)
        : base(message)
    {
    }
}
