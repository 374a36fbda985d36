namespace AnomalyKit;

/// <summary>What made a model: kept in its file, so that a model can say so wherever it went.</summary>
/// <remarks>
/// Follows from program and options alone, never from time or place: the same fit gives the same file, bit for bit. When it was made, and of which data, a store of runs keeps
/// beside the model. Equal where all parts are equal.
/// </remarks>
public sealed record ModelOrigin
{
    /// <summary>The program and its version, for example <c>AnomalyKit 0.3.0</c>; null if it is unknown.</summary>
    public string? Program { get; init; }

    /// <summary>The name of the trainer, for example <c>isolation-forest</c> or <c>recommended</c>; null if it is unknown.</summary>
    public string? Trainer { get; init; }

    /// <summary>The options of the fit, each as <c>Option=Value</c>; none by default.</summary>
    /// <exception cref="ArgumentException">A setting is null.</exception>
    public IReadOnlyList<string> Settings
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value.Contains(null) ? throw new ArgumentException("A setting is null.", nameof(value)) : [.. value];
        }
    } = [];

    /// <inheritdoc/>
    public bool Equals(ModelOrigin? other) => other is not null && Program == other.Program && Trainer == other.Trainer && Settings.SequenceEqual(other.Settings);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Program, Trainer, Settings.Count);
}
