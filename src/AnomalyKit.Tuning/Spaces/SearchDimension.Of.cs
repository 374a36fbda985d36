namespace AnomalyKit;

// The ways to make a dimension. Integer is the word of the field, and no type of .NET.
#pragma warning disable CA1720
public abstract partial class SearchDimension
{
    /// <summary>A range of numbers for an option that is set by name.</summary>
    /// <param name="name">The option, for example <c>Nu</c>.</param>
    /// <param name="low">The lowest value.</param>
    /// <param name="high">The highest value, above <paramref name="low"/>.</param>
    /// <param name="isLogarithmic">Whether orders of magnitude count alike; <paramref name="low"/> must then be above 0.</param>
    /// <param name="step">The distance of neighboring values, counted from <paramref name="low"/>; 0 (the default) for all numbers. Not together with <paramref name="isLogarithmic"/>.</param>
    /// <returns>The dimension.</returns>
    /// <exception cref="ArgumentException">The range is empty, not finite, or cannot be logarithmic.</exception>
    public static SearchDimension Real(string name, double low, double high, bool isLogarithmic = false, double step = 0) =>
        new NumberDimension(name, OptionSetter.ByName, new NumberRange(name, low, high, isLogarithmic, step, isWhole: false));

    /// <summary>A range of numbers for an option that code sets.</summary>
    /// <typeparam name="TTarget">The type of trainer that has the option.</typeparam>
    /// <param name="name">What the option is called in results.</param>
    /// <param name="low">The lowest value.</param>
    /// <param name="high">The highest value, above <paramref name="low"/>.</param>
    /// <param name="set">Gives a trainer with the value, for example <c>(trainer, value) =&gt; trainer with { Nu = value }</c>.</param>
    /// <param name="isLogarithmic">Whether orders of magnitude count alike; <paramref name="low"/> must then be above 0.</param>
    /// <param name="step">The distance of neighboring values; 0 (the default) for all numbers. Not together with <paramref name="isLogarithmic"/>.</param>
    /// <returns>The dimension.</returns>
    /// <exception cref="ArgumentException">The range is empty, not finite, or cannot be logarithmic.</exception>
    public static SearchDimension Real<TTarget>(string name, double low, double high, Func<TTarget, double, TTarget> set, bool isLogarithmic = false, double step = 0)
        where TTarget : class
    {
        ArgumentNullException.ThrowIfNull(set);
        return new NumberDimension(name, OptionSetter.By(set), new NumberRange(name, low, high, isLogarithmic, step, isWhole: false));
    }

    /// <summary>A range of whole numbers for an option that is set by name.</summary>
    /// <param name="name">The option, for example <c>TreeCount</c>.</param>
    /// <param name="low">The lowest value.</param>
    /// <param name="high">The highest value, above <paramref name="low"/>.</param>
    /// <param name="isLogarithmic">Whether orders of magnitude count alike; <paramref name="low"/> must then be at least 1.</param>
    /// <param name="step">The distance of neighboring values, counted from <paramref name="low"/>. Other than 1 (the default) not together with <paramref name="isLogarithmic"/>.</param>
    /// <returns>The dimension.</returns>
    /// <exception cref="ArgumentException">The range is empty or cannot be logarithmic.</exception>
    public static SearchDimension Integer(string name, int low, int high, bool isLogarithmic = false, int step = 1) =>
        new NumberDimension(name, OptionSetter.ByName, new NumberRange(name, low, high, isLogarithmic, step, isWhole: true));

    /// <summary>A range of whole numbers for an option that code sets.</summary>
    /// <typeparam name="TTarget">The type of trainer that has the option.</typeparam>
    /// <param name="name">What the option is called in results.</param>
    /// <param name="low">The lowest value.</param>
    /// <param name="high">The highest value, above <paramref name="low"/>.</param>
    /// <param name="set">Gives a trainer with the value.</param>
    /// <param name="isLogarithmic">Whether orders of magnitude count alike; <paramref name="low"/> must then be at least 1.</param>
    /// <param name="step">The distance of neighboring values. Other than 1 (the default) not together with <paramref name="isLogarithmic"/>.</param>
    /// <returns>The dimension.</returns>
    /// <exception cref="ArgumentException">The range is empty or cannot be logarithmic.</exception>
    public static SearchDimension Integer<TTarget>(string name, int low, int high, Func<TTarget, int, TTarget> set, bool isLogarithmic = false, int step = 1)
        where TTarget : class
    {
        ArgumentNullException.ThrowIfNull(set);
        return new NumberDimension(name, OptionSetter.By<TTarget>((target, value) => set(target, (int)value)), new NumberRange(name, low, high, isLogarithmic, step, isWhole: true));
    }

    /// <summary>Some values, without an order, for an option that is set by name.</summary>
    /// <param name="name">The option, for example <c>Scaling</c>.</param>
    /// <param name="values">The values as text, at least two, each once; <c>null</c> stands for null.</param>
    /// <returns>The dimension.</returns>
    /// <exception cref="ArgumentException">There are fewer than two values, or one is there twice.</exception>
    public static SearchDimension Choice(string name, params IReadOnlyList<string> values) => new ChoiceDimension(name, OptionSetter.ByName, values);

    /// <summary>Some values, without an order, for an option that code sets.</summary>
    /// <typeparam name="TTarget">The type of trainer that has the option; <see cref="TableTrainer"/> for what belongs to a preparation.</typeparam>
    /// <typeparam name="TValue">The type of the option.</typeparam>
    /// <param name="name">What the option is called in results.</param>
    /// <param name="values">The values with what they are called in results, at least two, each name once.</param>
    /// <param name="set">Gives a trainer with the value.</param>
    /// <returns>The dimension.</returns>
    /// <exception cref="ArgumentException">There are fewer than two values, or a name is there twice.</exception>
    public static SearchDimension Choice<TTarget, TValue>(string name, IReadOnlyList<KeyValuePair<string, TValue>> values, Func<TTarget, TValue, TTarget> set)
        where TTarget : class
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(set);
        KeyValuePair<string, TValue>[] own = [.. values];
        return new ChoiceDimension(name, OptionSetter.By<TTarget>((target, index) => set(target, own[(int)index].Value)), [.. own.Select(value => value.Key)]);
    }
}
