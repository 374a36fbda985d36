using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>Something peculiar about training data, and what was done about it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class DataFinding
{
    private readonly int[] _columns;

    /// <summary>Sets what was found.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="columns">The zero-based columns concerned.</param>
    /// <param name="message">The same for people, with the columns' names.</param>
    public DataFinding(DataFindingKind kind, IEnumerable<int> columns, string message)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(message);
        Kind = kind;
        _columns = [.. columns];
        Message = message;
    }

    /// <summary>What it is.</summary>
    public DataFindingKind Kind { get; }

    /// <summary>The zero-based columns concerned, of the rows as the model sees them; for a collinear column it comes first, then those that it follows from.</summary>
    public IReadOnlyList<int> Columns => _columns;

    /// <summary>The same for people, with the columns' names.</summary>
    public string Message { get; }

    /// <summary>Writes findings to a part of a model file.</summary>
    /// <param name="writer">The part, with no other content.</param>
    /// <param name="findings">The findings.</param>
    public static void Write(ModelWriter writer, IReadOnlyList<DataFinding> findings)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(findings);
        writer.Set("count", findings.Count);
        for (int i = 0; i < findings.Count; i++)
        {
            var part = writer.Scope($"{i}");
            part.Set("kind", (int)findings[i].Kind);
            part.Set("message", findings[i].Message);
            part.Add("columns", findings[i]._columns.AsMemory());
        }
    }

    /// <summary>Reads findings from a part of a model file.</summary>
    /// <param name="reader">The part that <see cref="Write"/> wrote.</param>
    /// <param name="columnCount">The number of columns that findings may name.</param>
    /// <returns>The findings.</returns>
    /// <exception cref="ModelFormatException">They are missing, or name columns that there are not.</exception>
    public static IReadOnlyList<DataFinding> Read(ModelReader reader, int columnCount)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var findings = new List<DataFinding>();
        int count = reader.GetInt32("count", 0, int.MaxValue);
        for (int i = 0; i < count; i++)
        {
            var part = reader.Scope($"{i}");
            var kind = (DataFindingKind)part.GetInt32("kind", 0, (int)DataFindingKind.Projected);
            findings.Add(new DataFinding(kind, part.GetInt32s("columns", 0, columnCount - 1, -1), part.GetString("message")));
        }

        return findings;
    }

    /// <summary>The message.</summary>
    /// <returns><see cref="Message"/>.</returns>
    public override string ToString() => Message;
}
