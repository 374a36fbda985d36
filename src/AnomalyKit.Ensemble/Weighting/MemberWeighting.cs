using AnomalyKit.Ensemble;
using AnomalyKit.TextValues;

namespace AnomalyKit;

/// <summary>How much each member of an ensemble counts, found without labels from the members' scores of the training rows.</summary>
public abstract record MemberWeighting
{
    /// <summary>How weightings are written as text, for help texts and messages.</summary>
    /// <value><c>fixed</c>, <c>tail-agreement[:FRACTION[,POWER]]</c> and <c>consensus</c>.</value>
    public static IReadOnlyList<string> TextForms => Texts.Usages;

    /// <summary>Reads a weighting.</summary>
    /// <param name="text">One of <see cref="TextForms"/>, for example <c>tail-agreement:0.05</c>. Case and dashes do not matter.</param>
    /// <returns>The weighting.</returns>
    /// <exception cref="FormatException">The text is none of the forms, or a number is out of range. The message is one line that says what can be written.</exception>
    public static MemberWeighting Parse(string text) => Texts.Read(text);

    private protected MemberWeighting()
    {
    }

    /// <summary>The weights that the members were given.</summary>
    public static MemberWeighting Fixed { get; } = new GivenWeighting();

    /// <summary>
    /// A member counts as much as its top training rows are also the others' top rows, beyond chance. Assumes that most members see the anomalies and err in different
    /// places; members that share an error, or are near copies of each other, vouch for each other, and a lone member that is right is not believed.
    /// (In the spirit of E. Schubert, R. Wojdanowski, A. Zimek, H.-P. Kriegel, <i>On Evaluation of Outlier Rankings and Outlier Scores</i>, SDM 2012.)
    /// </summary>
    /// <param name="share">The share of the rows that is compared, above 0 and at most 0.5; at least 5 rows.</param>
    /// <param name="power">How sharply weights follow the agreement, above 0 and at most 100: 1 in proportion to it; at 2, the default, a member that agrees half as well
    /// counts a quarter.</param>
    /// <returns>The weighting.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share or the power is out of range.</exception>
    public static MemberWeighting TailAgreement(double share = 0.05, double power = 2) => new TailAgreementWeighting(share, power);

    /// <summary>
    /// The weight of a member is the correlation of its normalized scores with those of the others, over all training rows. The bulk decides as well as the tail. Assumes and fails like
    /// <see cref="TailAgreement"/>.
    /// </summary>
    public static MemberWeighting Consensus { get; } = new ConsensusWeighting();

    private static readonly TextForms<MemberWeighting> Texts = new(
        "weighting",
        new("fixed", _ => Fixed),
        new("tail-agreement[:FRACTION[,POWER]]", given => TailAgreement(given.Fraction(0, 0.05), given.Number(1, 2))),
        new("consensus", _ => Consensus));

    /// <summary>The text that <see cref="Parse"/> reads back.</summary>
    /// <returns>For example <c>tail-agreement:0.05,2</c>.</returns>
    public virtual string ToText() => ToString();

    /// <summary>Finds the weights.</summary>
    /// <param name="given">The weights that the members were given.</param>
    /// <param name="calibrators">What brings each member's scores to the common scale.</param>
    /// <param name="scores">Each member's own scores of the training rows.</param>
    /// <param name="rowWeights">How often each row counts; empty where once.</param>
    /// <param name="context">Threads, cancellation and progress.</param>
    /// <returns>One weight per member; they add up to 1.</returns>
    internal double[] Weigh(double[] given, ScoreCalibrator?[] calibrators, float[][] scores, ReadOnlyMemory<double> rowWeights, FitContext context)
    {
        double[] factors = given.Length == 1 ? [1] : Factors(calibrators, scores, rowWeights, context);
        double total = 0;
        for (int i = 0; i < given.Length; i++)
            total += given[i] * factors[i];
        // Nobody agrees with anybody: then there is nothing to go by but what was given.
        if (!(total > 0) || !double.IsFinite(total))
        {
            Array.Fill(factors, 1);
            total = given.Sum();
        }

        return [.. given.Select((weight, i) => weight * factors[i] / total)];
    }

    private protected abstract double[] Factors(ScoreCalibrator?[] calibrators, float[][] scores, ReadOnlyMemory<double> rowWeights, FitContext context);

    private sealed record GivenWeighting : MemberWeighting
    {
        public override string ToString() => "given";

        public override string ToText() => "fixed";

        private protected override double[] Factors(ScoreCalibrator?[] calibrators, float[][] scores, ReadOnlyMemory<double> rowWeights, FitContext context)
        {
            var factors = new double[scores.Length];
            Array.Fill(factors, 1);
            return factors;
        }
    }
}
