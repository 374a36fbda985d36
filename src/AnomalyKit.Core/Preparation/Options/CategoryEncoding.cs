namespace AnomalyKit;

/// <summary>How a column of categories becomes cells of a matrix.</summary>
/// <remarks>Being unseen is evidence, and bounded: a level that no row of the fit has is worth a little more than the rare ones among those that are there, and does not outweigh everything else in a row.</remarks>
public enum CategoryEncoding
{
    /// <summary><see cref="Native"/> where the trainer can use categories; else one cell for two levels, 1 for the rarer, with an unseen level where <see cref="OneHot"/> has it; else <see cref="OneHot"/> up to <see cref="TablePreparation.MaxOneHotLevels"/> levels; else <see cref="Frequency"/>.</summary>
    Automatic,

    /// <summary>A cell a level, 1 for the row's level and 0 for the others. A level that no row has is spread over the cells of those that are there: it lies as far out as a level with half as many rows as the rarest
    /// one that at least one in twenty rows has. One more cell is 1 for such a level where all rows have one level, and else 0.</summary>
    OneHot,

    /// <summary>One cell: how rare the level is, ln((n + 1) / rows of that level) for n rows. A level that no row has lies half as far beyond the rarest level
    /// that at least one in twenty rows has as this lies beyond the most common one, but no further than half a row does.</summary>
    Frequency,

    /// <summary>One cell: the position of the level, from 0, in the order that <see cref="ColumnPreparation.Levels"/> gives, or else in ordinal order of the words. A level that no row has lies as far
    /// behind the last as the first lies before it, and at least one step.</summary>
    Ordinal,

    /// <summary>The detector sees the levels themselves, for trainers that can use that: their <c>AcceptsCategories</c> says so.</summary>
    Native,
}
