using AnomalyKit.Preparation;

namespace AnomalyKit;

/// <summary>A recipe that turns tables into matrices: it is fitted on a table, kept with the detector, and then treats every row in the same way.</summary>
/// <remarks>
/// <para>
/// Number columns become one cell per row, booleans 0 or 1, categories and dates what <see cref="Categories"/> and <see cref="Dates"/> say. Ids, label and weight become no cells. A fitted
/// preparation says of every column of the matrix which column of the table it comes from.
/// </para>
/// <para>
/// Identifiers and free text are refused, with advice, unless <see cref="Columns"/> has an entry for the column: a category column with more than 50 levels where more than half of the cells that are
/// there have a level of their own, and a column of whole numbers, 50 or more, of which no two are equal and which count up without large gaps (greatest − least below twice their number).
/// A column without any value is refused, too.
/// </para>
/// <para>Immutable and thread-safe; preparations of equal settings are equal.</para>
/// </remarks>
public sealed record TablePreparation
{
    /// <summary>What becomes of missing cells. By default they are refused.</summary>
    /// <remarks>
    /// A constant here is for the columns that can hold it: of words, any; of numbers and booleans, a number; of dates, none. Of the others, a column without a missing cell among the rows of the fit is left
    /// alone, and a later gap is an error. A column with gaps needs a rule of its own (<see cref="Columns"/>); the fit refuses it and says so.
    /// </remarks>
    public MissingCells Missing { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = MissingCells.Refuse;

    /// <summary>How categories are encoded. By default <see cref="CategoryEncoding.Automatic"/>.</summary>
    public CategoryEncoding Categories { get; init; } = CategoryEncoding.Automatic;

    /// <summary>Which parts of dates become cells. By default <see cref="DateParts.Automatic"/>.</summary>
    public DateParts Dates { get; init; } = DateParts.Automatic;

    /// <summary>The most levels that <see cref="CategoryEncoding.Automatic"/> gives a cell each. At least 1; 32 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxOneHotLevels
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 32;

    /// <summary>Columns that are prepared in another way, by name. None by default.</summary>
    public IReadOnlyDictionary<string, ColumnPreparation> Columns
    {
        get;
        init => field = new Dictionary<string, ColumnPreparation>(value ?? throw new ArgumentNullException(nameof(value)), StringComparer.Ordinal);
    } = new Dictionary<string, ColumnPreparation>();

    /// <summary>Fits the preparation.</summary>
    /// <param name="table">The rows to fit it on, at least one.</param>
    /// <param name="acceptsMissing">Whether the detector behind can use missing cells.</param>
    /// <param name="acceptsCategories">Whether the detector behind can use categories.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <returns>What takes tables of these columns to matrices.</returns>
    /// <exception cref="TableDataException">A column cannot be used as the recipe says: the message names column, reason and remedy.</exception>
    /// <exception cref="ArgumentException">The recipe names a column that is not there, or asks for something that the detector behind cannot use.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public FittedPreparation Fit(FeatureTable table, bool acceptsMissing = false, bool acceptsCategories = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new PreparationFit(this, acceptsMissing, acceptsCategories).Run(table, cancellationToken);
    }

    /// <summary>Whether all settings are equal, those of single columns included.</summary>
    /// <param name="other">Another preparation.</param>
    /// <returns>Whether they are equal.</returns>
    public bool Equals(TablePreparation? other) => other is not null && Missing == other.Missing && Categories == other.Categories && Dates == other.Dates
        && MaxOneHotLevels == other.MaxOneHotLevels && Columns.Count == other.Columns.Count
        && Columns.All(column => other.Columns.TryGetValue(column.Key, out var same) && column.Value == same);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Missing, Categories, Dates, MaxOneHotLevels, Columns.Count);

    internal MissingCells MissingOf(string column) => Columns.TryGetValue(column, out var own) && own.Missing is { } missing ? missing : Missing;

    internal bool HasOwnMissing(string column) => Columns.TryGetValue(column, out var own) && own.Missing is not null;

    internal CategoryEncoding CategoriesOf(string column) => Columns.TryGetValue(column, out var own) && own.Categories is { } encoding ? encoding : Categories;

    internal DateParts DatesOf(string column) => Columns.TryGetValue(column, out var own) && own.Dates is { } parts ? parts : Dates;

    internal IReadOnlyList<string>? LevelsOf(string column) => Columns.TryGetValue(column, out var own) ? own.Levels : null;
}
