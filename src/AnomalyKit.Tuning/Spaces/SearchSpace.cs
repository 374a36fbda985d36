using AnomalyKit.TextValues;

namespace AnomalyKit;

/// <summary>The options that a search may change, and between which limits.</summary>
public sealed class SearchSpace
{
    /// <summary>Makes a space.</summary>
    /// <param name="dimensions">The options, at least one, each once. They are set in this order.</param>
    /// <exception cref="ArgumentException">There are none, or a name is there twice.</exception>
    public SearchSpace(params IReadOnlyList<SearchDimension> dimensions)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        SearchDimension[] own = [.. dimensions];
        if (own.Length == 0 || Array.Exists(own, dimension => dimension is null))
            throw new ArgumentException("A search space needs at least one dimension, and no dimension may be null.", nameof(dimensions));
        if (own.GroupBy(dimension => dimension.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"The dimension {twice.Key} appears twice. Give each option once.", nameof(dimensions));
        Dimensions = own;
    }

    /// <summary>The options.</summary>
    public IReadOnlyList<SearchDimension> Dimensions { get; }

    /// <summary>A space for one of AnomalyKit's trainers, for data of which little is known.</summary>
    /// <param name="trainer">A detector's trainer, or an ensemble's.</param>
    /// <returns>Two to six options that change which rows come first; of an ensemble its combiner, and weight and first option of each member.</returns>
    /// <exception cref="ArgumentException">The trainer is none of AnomalyKit's; make a space from dimensions of your own.</exception>
    /// <remarks>Meant for at least 250 rows. Use <see cref="For(IDetectorTrainer, int, int)"/> where rows and columns are known: some options depend on them.</remarks>
    public static SearchSpace For(IDetectorTrainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return BuiltInSpaces.For(trainer, new DataSize(DataSize.SupposedRows, null));
    }

    /// <summary>A space for one of AnomalyKit's trainers that fits the size of the data.</summary>
    /// <param name="trainer">A detector's trainer, or an ensemble's.</param>
    /// <param name="rows">The rows of the smallest fit, for example of three of four folds, at the first rung where there is pruning; at least 4.</param>
    /// <param name="columns">The columns that the trainer sees, at least 1.</param>
    /// <returns>Two to six options that change which rows come first, with ranges that a fit on such data takes; of an ensemble its combiner, and weight and first option of each member.</returns>
    /// <exception cref="ArgumentException">The trainer is none of AnomalyKit's; make a space from dimensions of your own.</exception>
    public static SearchSpace For(IDetectorTrainer trainer, int rows, int columns)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 4);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        return BuiltInSpaces.For(trainer, new DataSize(rows, columns));
    }

    /// <summary>Tries both ends of every range, and every choice, on a trainer, so that a value that it refuses is found before anything runs.</summary>
    /// <param name="trainer">The trainer that the search starts from.</param>
    /// <exception cref="ArgumentException">The trainer has no such option, or refuses a value. The message names the dimension and the value.</exception>
    public void Check(IDetectorTrainer trainer) => CheckTarget(trainer, SetOn);

    /// <inheritdoc cref="Check(IDetectorTrainer)"/>
    public void Check(TableTrainer trainer) => CheckTarget(trainer, SetOn);

    /// <summary>A trainer with the values of a point.</summary>
    /// <param name="trainer">The trainer that the search starts from; it is not changed.</param>
    /// <param name="point">A point of this space.</param>
    /// <returns>A trainer of the same type.</returns>
    /// <exception cref="ArgumentException">The point does not lie in this space, or the trainer refuses a value.</exception>
    public IDetectorTrainer Apply(IDetectorTrainer trainer, SearchPoint point) => ApplyTo(trainer, point, SetOn);

    /// <summary>A table's trainer with the values of a point: dimensions for <see cref="TableTrainer"/> change it, all others the trainer behind its preparation.</summary>
    /// <param name="trainer">The trainer that the search starts from; it is not changed.</param>
    /// <param name="point">A point of this space.</param>
    /// <returns>A new trainer.</returns>
    /// <exception cref="ArgumentException">The point does not lie in this space, or the trainer refuses a value.</exception>
    public TableTrainer Apply(TableTrainer trainer, SearchPoint point) => ApplyTo(trainer, point, SetOn);

    /// <summary>A point as options and values, for people and stores of runs.</summary>
    /// <param name="point">A point of this space.</param>
    /// <returns>The options' names, and the values as <see cref="TrainerOptions"/> reads them: setting them gives the trainer of <see cref="Apply(IDetectorTrainer, SearchPoint)"/>, to the bit.</returns>
    /// <exception cref="ArgumentException">The point does not lie in this space.</exception>
    public IReadOnlyDictionary<string, string> Describe(SearchPoint point)
    {
        CheckPoint(point);
        return Dimensions.Select((dimension, index) => (dimension, index)).ToDictionary(item => item.dimension.Name, item => item.dimension.TextOf(point.Values[item.index]));
    }

    internal void CheckPoint(SearchPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        if (point.Values.Length != Dimensions.Count)
            throw new ArgumentException($"The point has {point.Values.Length} values, but the space has {Dimensions.Count} dimensions. Use points of this space.", nameof(point));
        for (int i = 0; i < Dimensions.Count; i++)
        {
            if (!Dimensions[i].Contains(point.Values[i]))
                throw new ArgumentException(FormattableString.Invariant($"The point's value {i}, {point.Values[i]:R}, is not in {Dimensions[i]}. Use points of this space."), nameof(point));
        }
    }

    private static IDetectorTrainer SetOn(IDetectorTrainer trainer, SearchDimension dimension, double value) => dimension.Apply(trainer, value);

    private static TableTrainer SetOn(TableTrainer trainer, SearchDimension dimension, double value) => dimension.AppliesTo(trainer)
        ? dimension.Apply(trainer, value)
        : new TableTrainer(dimension.Apply(trainer.Trainer, value)) { Preparation = trainer.Preparation };

    private T ApplyTo<T>(T trainer, SearchPoint point, Func<T, SearchDimension, double, T> set)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(trainer);
        CheckPoint(point);
        for (int i = 0; i < Dimensions.Count; i++)
            trainer = set(trainer, Dimensions[i], point.Values[i]);
        return trainer;
    }

    private void CheckTarget<T>(T trainer, Func<T, SearchDimension, double, T> set)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(trainer);
        foreach (var dimension in Dimensions)
        {
            foreach (double value in dimension.Ends)
            {
                try
                {
                    set(trainer, dimension, value);
                }
                catch (ArgumentException problem)
                {
                    throw new ArgumentException($"The dimension {dimension} does not fit the trainer: {ProblemText.Of(problem)} Change the dimension, or the trainer.", nameof(trainer), problem);
                }
            }
        }
    }
}
