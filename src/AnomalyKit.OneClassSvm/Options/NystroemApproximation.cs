using AnomalyKit.TextValues;

namespace AnomalyKit;

/// <summary>An approximation of the kernel by a few landmarks, for more rows than the exact fit has time for.</summary>
/// <remarks>
/// <para>
/// C. K. I. Williams, M. Seeger, <i>Using the Nyström Method to Speed Up Kernel Machines</i>, NIPS 2000. Rows are taken for what their kernel values with m landmarks, drawn
/// without replacement, tell of them: features z(x) = C⁻¹ k(x), where C Cᵀ is the landmarks' kernel matrix with a ridge of 10⁻⁴ of its mean diagonal. On these the
/// same dual is solved with a linear kernel, whose gradients cost m operations per row instead of one kernel value for each support vector. The
/// boundary is carried back to the landmarks, so that the detector scores with m kernel values per row.
/// </para>
/// <para>
/// Cost: m kernel values and m² multiply-adds per row, and the optimization. Memory: 4 · m bytes per row.
/// </para>
/// </remarks>
public sealed record NystroemApproximation
{
    private static readonly TextForms<NystroemApproximation> Texts = new(
        "approximation", new TextForm<NystroemApproximation>("nystroem[:LANDMARKS[,SEED]]", given => new() { LandmarkCount = given.Int32(0, 256), Seed = given.Seed(1) }));

    /// <summary>How approximations are written as text, for help texts and messages.</summary>
    /// <value><c>nystroem[:LANDMARKS[,SEED]]</c>.</value>
    public static IReadOnlyList<string> TextForms => Texts.Usages;

    /// <summary>Reads an approximation.</summary>
    /// <param name="text">One of <see cref="TextForms"/>, for example <c>nystroem:256</c>. Case and dashes do not matter.</param>
    /// <returns>The approximation.</returns>
    /// <exception cref="FormatException">The text is none of the forms, or a number is out of range. The message is one line that says what can be written.</exception>
    public static NystroemApproximation Parse(string text) => Texts.Read(text);

    /// <summary>The number of landmarks, m. Where the data has fewer rows, all of them.</summary>
    /// <value>From 2 to 8,192; the default is 256.</value>
    public int LandmarkCount
    {
        get;
        init => field = value is >= 2 and <= 8192
            ? value
            : throw new ArgumentOutOfRangeException(nameof(LandmarkCount), value, "LandmarkCount must lie between 2 and 8192.");
    } = 256;

    /// <summary>The seed of the landmarks' choice.</summary>
    /// <value>Any number; the default is 0.</value>
    public ulong Seed { get; init; }

    /// <summary>The text that <see cref="Parse"/> reads back.</summary>
    /// <returns>For example <c>nystroem:256,0</c>.</returns>
    public string ToText() => FormattableString.Invariant($"nystroem:{LandmarkCount},{Seed}");
}
