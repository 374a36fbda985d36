using System.Globalization;

namespace AnomalyKit.Explaining;

/// <summary>Shares of rows in words.</summary>
internal static class ShareText
{
    private const double Least = 0.0001;
    private const double Most = 0.995;

    private static readonly double[] Bounds = [0.5, 1, 2, 5, 10, 20, 50, 100];

    /// <summary>What is known of a share, and how well: <c>2.0 %</c>, <c>about 2.0 %</c> or <c>fewer than 0.5 %</c>.</summary>
    public static string Of(TrainingShare share) => share switch
    {
        { IsExact: true } => Exact(share.Estimate),
        { IsResolved: true, Estimate: >= Least and < Most } => $"about {Exact(share.Estimate)}",
        { IsResolved: true } => Exact(share.Estimate),
        _ => $"fewer than {Above(share.Bound)}",
    };

    /// <summary>Two digits that count; never 0 % for what there is, nor 100 % for what is not all.</summary>
    public static string Exact(double share)
    {
        if (share < Least)
            return "less than 0.01 %";
        if (share is >= Most and < 1)
            return "more than 99 %";
        double percent = 100 * share;
        int decimals = percent >= 10 ? 0 : percent >= 1 ? 1 : 2;
        return percent.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + " %";
    }

    /// <summary>A bound, rounded up to one of a few steps: 0.2 % here and 0.45 % there would read like two measurements, and are none.</summary>
    private static string Above(double share) =>
        Array.Find(Bounds, bound => 100 * share <= bound).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
