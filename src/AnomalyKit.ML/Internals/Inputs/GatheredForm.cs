namespace AnomalyKit.ML.Inputs;

/// <summary>In which group of a gathered row the cell of each column is; saved pipelines have it as text, one letter per column.</summary>
/// <param name="Letters"><see cref="Vector"/> alone, or for each column one of the others.</param>
internal sealed record GatheredForm(string Letters)
{
    public const char Vector = 'v';
    public const char Number = 'n';

    /// <summary>A number of the type Single; with the others it is in the group of numbers. As a category its word has fewer digits than that of the same Double.</summary>
    public const char Single = 's';

    public const char Word = 'w';
    public const char Time = 't';
    public const char Instant = 'i';

    /// <summary>All columns in one vector of numbers.</summary>
    public static GatheredForm OneVector { get; } = new(Vector.ToString());

    public bool IsVector => Letters == OneVector.Letters;

    /// <summary>The number of cells in a group.</summary>
    public int Count(char letter) => Letters.Count(other => other == letter);

    /// <summary>Whether every letter is known.</summary>
    public bool IsKnown => IsVector || Letters.All(letter => letter is Number or Single or Word or Time or Instant);
}
