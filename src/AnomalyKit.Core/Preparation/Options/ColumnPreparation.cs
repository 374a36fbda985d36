namespace AnomalyKit;

/// <summary>How one column is prepared where it is not as <see cref="TablePreparation"/> says for all.</summary>
/// <remarks>A column that has an entry here is meant: it is not refused for looking like an identifier or like free text.</remarks>
public sealed record ColumnPreparation
{
    /// <summary>What becomes of missing cells; <see langword="null"/> (the default) as for all columns.</summary>
    public MissingCells? Missing { get; init; }

    /// <summary>How categories are encoded; <see langword="null"/> (the default) as for all columns.</summary>
    public CategoryEncoding? Categories { get; init; }

    /// <summary>The parts of dates; <see langword="null"/> (the default) as for all columns.</summary>
    public DateParts? Dates { get; init; }

    /// <summary>The levels of a category in their order, for <see cref="CategoryEncoding.Ordinal"/>; <see langword="null"/> (the default) for those that the rows of the fit have, in ordinal order of the words.
    /// A level that is not listed counts as unseen.</summary>
    /// <exception cref="ArgumentException">A level is listed twice.</exception>
    public IReadOnlyList<string>? Levels
    {
        get;
        init
        {
            if (value is not null && value.Distinct(StringComparer.Ordinal).Count() != value.Count)
                throw new ArgumentException("A level is listed twice; each has one place in the order.", nameof(value));
            field = value is null ? null : [.. value];
        }
    }

    /// <summary>Whether all settings are equal, the list of levels element by element.</summary>
    /// <param name="other">Another preparation.</param>
    /// <returns>Whether they are equal.</returns>
    public bool Equals(ColumnPreparation? other) => other is not null && Missing == other.Missing && Categories == other.Categories && Dates == other.Dates
        && (Levels is null ? other.Levels is null : other.Levels is not null && Levels.SequenceEqual(other.Levels));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Missing, Categories, Dates, Levels?.Count);
}
