using AnomalyKit.TextValues;

namespace AnomalyKit;

/// <summary>How columns are brought to comparable scales before an algorithm sees them: a recipe that is fitted with the detector.</summary>
public abstract record FeatureScaling
{
    /// <summary>How the scalings of this package are written as text, for help texts and messages.</summary>
    /// <value><c>none</c>, <c>standard</c>, <c>min-max</c> and <c>robust</c>.</value>
    public static IReadOnlyList<string> TextForms => Texts.Usages;

    /// <summary>Reads a scaling of this package.</summary>
    /// <param name="text">One of <see cref="TextForms"/>, for example <c>robust</c>. Case and dashes do not matter.</param>
    /// <returns>The scaling.</returns>
    /// <exception cref="FormatException">The text is none of the forms, or a number is out of range. The message is one line that says what can be written.</exception>
    public static FeatureScaling Parse(string text) => Texts.Read(text);

    /// <summary>Columns stay as they are.</summary>
    public static FeatureScaling None { get; } = new NoScaling();

    /// <summary>(x − mean) / population standard deviation. A constant column becomes 0.</summary>
    public static FeatureScaling Standard { get; } = new StandardScaling();

    /// <summary>(x − minimum) / (maximum − minimum): training rows lie in [0, 1]. A constant column becomes 0.</summary>
    public static FeatureScaling MinMax { get; } = new MinMaxScaling();

    /// <summary>(x − median) / interquartile range. Where the quartiles coincide the scale is 1; a constant column becomes 0.</summary>
    public static FeatureScaling Robust { get; } = new RobustScaling();

    private static readonly TextForms<FeatureScaling> Texts = new(
        "scaling",
        new("none", _ => None),
        new("standard", _ => Standard),
        new("min-max", _ => MinMax),
        new("robust", _ => Robust));

    /// <summary>Uses a transform that was fitted before, for example on other rows or on another machine.</summary>
    /// <param name="transform">The fitted transform.</param>
    /// <returns>A recipe that always gives this transform.</returns>
    public static FeatureScaling Fitted(FeatureTransform transform)
    {
        ArgumentNullException.ThrowIfNull(transform);
        return new FittedScaling(transform);
    }

    /// <summary>The text that <see cref="Parse"/> reads back.</summary>
    /// <returns>For example <c>min-max</c>; null where there is none: <see cref="Fitted"/> holds numbers, and scalings of other people have no text unless they override this.</returns>
    public virtual string? ToText() => null;

    /// <summary>Whether <see cref="Fit"/> takes <see cref="FeatureMatrix.Weights"/> into account. False by default; all scalings of this library do.</summary>
    /// <value>Where it is false, trainers refuse to fit rows whose weights differ from 0 and 1.</value>
    public virtual bool AcceptsWeights => false;

    /// <summary>Fits the scaling.</summary>
    /// <param name="data">The training rows, all finite, at least one. Weights, if any, are above 0 and say how many times a row counts.</param>
    /// <param name="context">Threads, cancellation and progress.</param>
    /// <returns>The fitted transform.</returns>
    public abstract FeatureTransform Fit(FeatureMatrix data, FitContext context);

    private sealed record NoScaling : FeatureScaling
    {
        public override bool AcceptsWeights => true;

        public override FeatureTransform Fit(FeatureMatrix data, FitContext context) => new IdentityTransform(data.ColumnCount);

        public override string ToString() => "none";

        public override string? ToText() => "none";
    }

    private sealed record FittedScaling(FeatureTransform Transform) : FeatureScaling
    {
        public override bool AcceptsWeights => true;

        public override FeatureTransform Fit(FeatureMatrix data, FitContext context) => Transform;

        public override string ToString() => $"fitted {Transform.Kind}";
    }
}
