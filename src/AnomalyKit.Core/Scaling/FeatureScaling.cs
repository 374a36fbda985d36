using AnomalyKit.TextValues;

namespace AnomalyKit;

/// <summary>How columns are brought to comparable scales before an algorithm sees them: a recipe that is fitted with the detector.</summary>
public abstract record FeatureScaling
{
    private const double DefaultTail = 0.05;

    /// <summary>How the scalings of this package are written as text, for help texts and messages.</summary>
    /// <value><c>none</c>, <c>standard</c>, <c>min-max</c>, <c>robust</c>, <c>quantile-range[:TAIL]</c> and <c>projected:COLUMNS[,SCALING[,SEED]]</c>.</value>
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
    public static FeatureScaling Robust { get; } = new QuartileScaling();

    private static readonly TextForms<FeatureScaling> Texts = new(
        "scaling",
        new("none", _ => None),
        new("standard", _ => Standard),
        new("min-max", _ => MinMax),
        new("robust", _ => Robust),
        new("quantile-range[:TAIL]", given => QuantileRange(given.Number(0, DefaultTail))),
        new("projected:COLUMNS[,SCALING[,SEED]]", given => Projected(given.Int32(0), given.Text(1) is { } scaling ? Parse(scaling) : null, given.Seed(2))));

    /// <summary>
    /// (x − median) / range between two quantiles: what lies beyond them does not squeeze the column, and a column of which only a few rows differ (by which the quartiles of
    /// <see cref="Robust"/> coincide) keeps a scale of its own. Where these quantiles coincide too, the scale is the whole range; a constant column becomes 0.
    /// </summary>
    /// <param name="tail">The share of the rows beyond each quantile, above 0 and below 0.5; 0.05 by default.</param>
    /// <returns>The recipe.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="tail"/> is out of range.</exception>
    public static FeatureScaling QuantileRange(double tail = DefaultTail) => new QuantileRangeScaling(tail);

    /// <summary>
    /// Another scaling, and then, only where the data has more than a number of columns, an orthonormal projection onto that many: for algorithms whose cost grows with the square or the cube of the
    /// columns. Directions are drawn at random, without a look at the data: every direction in which a row may be strange has the same chance to be seen, and distances keep their proportions
    /// (W. B. Johnson, J. Lindenstrauss, <i>Extensions of Lipschitz Mappings into a Hilbert Space</i>, 1984).
    /// </summary>
    /// <param name="columns">The most columns that the model sees, from 1 to 16,384. Data with no more columns is only scaled.</param>
    /// <param name="scaling">How columns are scaled first: <see cref="None"/>, <see cref="Standard"/>, <see cref="MinMax"/>, <see cref="Robust"/> or <see cref="QuantileRange"/>; <see cref="Standard"/> where it is null.</param>
    /// <param name="seed">The seed of the directions.</param>
    /// <returns>The recipe. <see cref="FeatureTransform.Findings"/> of the fitted transform says whether columns were projected.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is out of range.</exception>
    /// <exception cref="ArgumentException"><paramref name="scaling"/> is another one.</exception>
    public static FeatureScaling Projected(int columns, FeatureScaling? scaling = null, ulong seed = 0) => new ProjectedScaling(columns, scaling ?? Standard, seed);

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
