namespace AnomalyKit;

/// <summary>How a value gets into a trainer.</summary>
internal abstract class OptionSetter
{
    /// <summary>By the option's name, through <see cref="TrainerOptions"/>.</summary>
    public static OptionSetter ByName { get; } = new Named();

    public static OptionSetter By<TTarget>(Func<TTarget, double, TTarget> set)
        where TTarget : class => new Typed<TTarget>(set);

    public abstract bool Takes(object target);

    public abstract object Set(object target, SearchDimension dimension, double value);

    private sealed class Named : OptionSetter
    {
        public override bool Takes(object target) => target is IDetectorTrainer;

        public override object Set(object target, SearchDimension dimension, double value) =>
            TrainerOptions.With((IDetectorTrainer)target, dimension.Name, dimension.TextOf(value));
    }

    private sealed class Typed<TTarget>(Func<TTarget, double, TTarget> set) : OptionSetter
        where TTarget : class
    {
        public override bool Takes(object target) => target is TTarget;

        public override object Set(object target, SearchDimension dimension, double value) => target is TTarget typed
            ? set(typed, value) ?? throw new InvalidOperationException($"The code that sets {dimension.Name} returned null. It must return a {typeof(TTarget).Name}.")
            : throw new ArgumentException($"The dimension {dimension.Name} sets an option of {typeof(TTarget).Name}, and the trainer is a {target.GetType().Name}. Use a dimension of that type.");
    }
}
