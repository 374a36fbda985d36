namespace AnomalyKit;

/// <summary>A row that was skipped because it cannot be read.</summary>
public sealed class CsvBadRow
{
    /// <summary>The line of the (unpacked) file on which the broken cell starts, counted from 1 as editors do.</summary>
    public required long Line { get; init; }

    /// <summary>The zero-based position of the broken column in the file, or <see langword="null"/> if the row as a whole is
    /// broken.</summary>
    public int? Column { get; init; }

    /// <summary>The name of the broken column, or <see langword="null"/> if there is none.</summary>
    public string? ColumnName { get; init; }

    /// <summary>The text of the broken cell, cut if it is long, or <see langword="null"/> if a cell is missing.</summary>
    public string? Text { get; init; }

    /// <summary>What is wrong, where, and what to do: the message that an exception would have.</summary>
    public required string Problem { get; init; }

    /// <summary>The <see cref="Problem"/>.</summary>
    /// <returns>The sentence.</returns>
    public override string ToString() => Problem;
}
