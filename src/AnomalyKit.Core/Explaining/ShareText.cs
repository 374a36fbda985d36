using System.Globalization;

namespace AnomalyKit.Explaining;

/// <summary>Shares of rows in words.</summary>
internal static class ShareText
{
    private const double Least = 0.0001;
    private const double Most = 0.995;

    /// <summary>What is known of a share, and how well: <c>2.0 %</c>, <c>about 2.0 %</c> or <c>fewer than 0.2 %</c>.</summary>
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

    /// <summary>A bound, rounded up.</summary>
    private static string Above(double share)
    {
        double percent = 100 * share;
        double scale = percent >= 10 ? 1 : percent >= 1 ? 10 : 100;
        return (Math.Ceiling(percent * scale) / scale).ToString("0.##", CultureInfo.InvariantCulture) + " %";
    }
}
