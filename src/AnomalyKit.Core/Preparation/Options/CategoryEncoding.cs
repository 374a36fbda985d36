namespace AnomalyKit;

/// <summary>How a column of categories becomes cells of a matrix.</summary>
/// <remarks>Every encoding has a place of its own for a level that no row of the fit has: being unseen is evidence, and is never taken for a level that is there.</remarks>
public enum CategoryEncoding
{
    /// <summary><see cref="Native"/> where the trainer can use categories; else <see cref="OneHot"/> up to <see cref="TablePreparation.MaxOneHotLevels"/> levels; else <see cref="Frequency"/>.</summary>
    Automatic,

    /// <summary>A cell a level, 1 for the row's level and 0 for the others, and one more, which is 0 in all rows of the fit and 1 for a level that none of them has.</summary>
    OneHot,

    /// <summary>One cell: how rare the level is, ln((n + 1) / rows of that level) for n rows. A level that no row has counts as half a row, so it is rarer than any other.</summary>
    Frequency,

    /// <summary>One cell: the position of the level, from 0, in the order that <see cref="ColumnPreparation.Levels"/> gives, or else in ordinal order of the words. A level that no row has lies as far
    /// behind the last as the first lies before it, and at least one step.</summary>
    Ordinal,

    /// <summary>The detector sees the levels themselves, for trainers that can use that: their <c>AcceptsCategories</c> says so.</summary>
    Native,
}
