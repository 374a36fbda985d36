using System.Collections.ObjectModel;

namespace AnomalyKit;

/// <summary>A column of words: each cell is the number of a level in a list of the words that occur.</summary>
/// <remarks>The numbers have a meaning within the column only: two batches of one file may number the same words differently. Fitted preparations go by the words.</remarks>
public sealed class CategoryColumn : TableColumn
{
    /// <summary>The code of a missing value.</summary>
    public const int MissingCell = -1;

    /// <summary>Looks at existing memory as a column, without copying it.</summary>
    /// <param name="name">The name, not blank.</param>
    /// <param name="codes">One code per row: the position of the word in <paramref name="levels"/>, −1 where the cell is missing.</param>
    /// <param name="levels">The words. Words that no row uses may be among them.</param>
    /// <exception cref="ArgumentException">A code lies outside the list, or a word is null.</exception>
    public CategoryColumn(string name, ReadOnlyMemory<int> codes, IReadOnlyList<string> levels)
        : base(name, codes.Length)
    {
        ArgumentNullException.ThrowIfNull(levels);
        var cells = codes.Span;
        for (int i = 0; i < cells.Length; i++)
        {
            if (cells[i] < MissingCell || cells[i] >= levels.Count)
                throw new ArgumentException($"Cell {i} of the column '{name}' has the code {cells[i]}; there are {levels.Count} levels.", nameof(codes));
        }

        if (levels.Contains(null!))
            throw new ArgumentException($"A level of the column '{name}' is null. A missing cell has the code -1.", nameof(levels));
        Codes = codes;
        Levels = levels;
    }

    private CategoryColumn(string name, IReadOnlyList<string> levels, ReadOnlyMemory<int> checkedCodes)
        : base(name, checkedCodes.Length)
    {
        Codes = checkedCodes;
        Levels = levels;
    }

    /// <summary>One code per row: the position of the word in <see cref="Levels"/>, −1 where the cell is missing.</summary>
    public ReadOnlyMemory<int> Codes { get; }

    /// <summary>The words.</summary>
    public IReadOnlyList<string> Levels { get; }

    /// <inheritdoc/>
    public override ColumnKind Kind => ColumnKind.Category;

    /// <summary>Numbers words in the order of their first occurrence.</summary>
    /// <param name="name">The name, not blank.</param>
    /// <param name="words">One word per row; <see langword="null"/> where the cell is missing.</param>
    /// <returns>The column.</returns>
    public static CategoryColumn FromWords(string name, IEnumerable<string?> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var codes = new List<int>();
        foreach (string? word in words)
        {
            if (word is null)
            {
                codes.Add(MissingCell);
                continue;
            }

            if (!numbers.TryGetValue(word, out int code))
                numbers.Add(word, code = numbers.Count);
            codes.Add(code);
        }

        return new CategoryColumn(name, new ReadOnlyCollection<string>([.. numbers.Keys]), codes.ToArray());
    }

    /// <inheritdoc/>
    public override bool IsMissing(int row) => Codes.Span[row] == MissingCell;

    /// <inheritdoc/>
    public override string? Text(int row) => IsMissing(row) ? null : Levels[Codes.Span[row]];

    /// <inheritdoc/>
    public override TableColumn Slice(int start, int count) => new CategoryColumn(Name, Levels, Codes.Slice(start, count));

    /// <inheritdoc/>
    public override TableColumn WithName(string name) => new CategoryColumn(name, Levels, Codes);

    /// <summary>Without the words that no row has, in the order of their first occurrence: a batch may list the words of a whole file.</summary>
    internal CategoryColumn Trimmed() => FromWords(Name, Enumerable.Range(0, RowCount).Select(Text));

    internal override TableColumn Select(ReadOnlySpan<int> rows) => new CategoryColumn(Name, Levels, Pick(Codes.Span, rows));

    internal override TableColumn Append(IReadOnlyList<TableColumn> others)
    {
        if (others.All(other => ReferenceEquals(((CategoryColumn)other).Levels, Levels)))
            return new CategoryColumn(Name, Levels, Join<CategoryColumn, int>(others, column => column.Codes));
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var codes = new int[RowCount + others.Sum(other => other.RowCount)];
        int at = 0;
        foreach (var column in others.Prepend(this).Cast<CategoryColumn>())
        {
            int[] renumbered = Renumber(column.Levels, numbers);
            foreach (int code in column.Codes.Span)
                codes[at++] = code == MissingCell ? MissingCell : renumbered[code];
        }

        return new CategoryColumn(Name, new ReadOnlyCollection<string>([.. numbers.Keys]), codes);
    }

    private static int[] Renumber(IReadOnlyList<string> levels, Dictionary<string, int> numbers)
    {
        var renumbered = new int[levels.Count];
        for (int i = 0; i < renumbered.Length; i++)
        {
            if (!numbers.TryGetValue(levels[i], out renumbered[i]))
                numbers.Add(levels[i], renumbered[i] = numbers.Count);
        }

        return renumbered;
    }
}
