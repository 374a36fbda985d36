namespace AnomalyKit.Explaining;

/// <summary>A missing cell in words.</summary>
internal static class GapText
{
    /// <param name="column">The column.</param>
    /// <param name="standIn">What the model takes in its place; null where it takes the gap itself, or that cannot be told.</param>
    /// <param name="fraction">The fraction of the training rows that lack it; null where that is not known.</param>
    public static string Of(string column, string? standIn, double? fraction) => string.Concat(
        $"{column} is missing",
        fraction switch { null => "", 0 => ", as in no training row", { } share => $", as in {ShareText.Exact(share)} of the training rows" },
        standIn is null ? "." : $"; the model takes {standIn} in its place.");
}
