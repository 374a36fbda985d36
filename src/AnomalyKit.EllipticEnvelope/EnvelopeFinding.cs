using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>What is peculiar about data that an envelope was fitted on.</summary>
public enum EnvelopeFindingKind
{
    /// <summary>A column has the same value in every row. It takes no part in distances.</summary>
    ConstantColumn = 0,

    /// <summary>A column is a linear combination of columns before it, up to the rounding of float32. It takes no part in distances.</summary>
    CollinearColumn = 1,

    /// <summary>There are no more rows than columns: correlations were drawn towards zero, and all rows were used.</summary>
    FewRows = 2,

    /// <summary>Subsets of the smallest support fractions all but lay on a hyperplane, so a larger one was taken.</summary>
    SupportRaised = 3,

    /// <summary>At least as many rows as the support has lie on a hyperplane. Their covariance was drawn towards that of all rows by the least that makes it usable.</summary>
    ExactFit = 4,
}

/// <summary>Something peculiar about training data, and what was done about it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Columns">The zero-based columns concerned, of the rows as the model sees them; for a collinear column it comes first, then those that it follows from.</param>
/// <param name="Message">The same for people, with the columns' names.</param>
public sealed record EnvelopeFinding(EnvelopeFindingKind Kind, IReadOnlyList<int> Columns, string Message)
{
    internal static void Write(ModelWriter writer, IReadOnlyList<EnvelopeFinding> findings)
    {
        writer.Set("count", findings.Count);
        for (int i = 0; i < findings.Count; i++)
        {
            var part = writer.Scope($"{i}");
            part.Set("kind", (int)findings[i].Kind);
            part.Set("message", findings[i].Message);
            part.Add("columns", findings[i].Columns.ToArray().AsMemory());
        }
    }

    internal static IReadOnlyList<EnvelopeFinding> Read(ModelReader reader, int columns)
    {
        var findings = new List<EnvelopeFinding>();
        int count = reader.GetInt32("count", 0, int.MaxValue);
        for (int i = 0; i < count; i++)
        {
            var part = reader.Scope($"{i}");
            var kind = (EnvelopeFindingKind)part.GetInt32("kind", 0, (int)EnvelopeFindingKind.ExactFit);
            findings.Add(new EnvelopeFinding(kind, part.GetInt32s("columns", 0, columns - 1, -1), part.GetString("message")));
        }

        return findings;
    }
}
