using System.Globalization;
using AnomalyKit.TextValues;

namespace AnomalyKit.Trainers;

/// <summary>How the values of an option are read from text and written.</summary>
/// <param name="Allowed">What can be written, for people.</param>
/// <param name="Read">Reads a value; throws <see cref="FormatException"/> or <see cref="ArgumentException"/>.</param>
/// <param name="Write">Writes a value; null where it has no text.</param>
internal sealed record ValueText<T>(string Allowed, Func<string, T> Read, Func<T, string?> Write);

/// <summary>The texts of the values that trainers have.</summary>
internal static class ValueText
{
    /// <summary>What stands for null.</summary>
    public const string Null = "null";

    public static ValueText<ulong> Seed { get; } = new(
        "a whole number from 0 to 18446744073709551615", text => new TextArguments([text]).Seed(0), value => value.ToString(CultureInfo.InvariantCulture));

    public static ValueText<bool> Boolean { get; } = new(
        "true or false",
        text => bool.TryParse(text, out bool value) ? value : throw new ArgumentException($"'{text}' is neither true nor false"),
        value => value ? "true" : "false");

    public static ValueText<LayerWidths> Widths { get; } = new("widths of layers, such as 16,8,16", LayerWidths.Parse, value => value.ToText());

    public static ValueText<FeatureScaling> Scaling { get; } = new(OneOf([.. FeatureScaling.TextForms, RobustWhiteningText]), ReadScaling, value => value.ToText());

    public static ValueText<ThresholdRule> Threshold { get; } = new(OneOf(ThresholdRule.TextForms), ThresholdRule.Parse, value => value.ToText());

    public static ValueText<ScoreCalibration> Calibration { get; } = new(OneOf(ScoreCalibration.TextForms), ScoreCalibration.Parse, value => value.ToText());

    private const string RobustWhiteningText = "robust-whitening";

    public static ValueText<int> Int32(string allowed) => new(
        allowed, text => new TextArguments([text]).Int32(0), value => value.ToString(CultureInfo.InvariantCulture));

    public static ValueText<long> Int64(string allowed) => new(
        allowed,
        text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value
            : throw new ArgumentException($"'{text}' is not a whole number that fits 64 bits"),
        value => value.ToString(CultureInfo.InvariantCulture));

    public static ValueText<double> Double(string allowed) => new(
        allowed, text => new TextArguments([text]).Number(0), value => value.ToString("R", CultureInfo.InvariantCulture));

    public static ValueText<TEnum> Enum<TEnum>()
        where TEnum : struct, Enum => new(OneOf(TextWords.OfEnum<TEnum>()), TextWords.ReadEnum<TEnum>, value => TextWords.Of(value.ToString()));

    public static ValueText<T?> OrNull<T>(this ValueText<T> text)
        where T : struct => new(text.Allowed + ", or null", given => IsNull(given) ? null : text.Read(given), value => value is { } present ? text.Write(present) : Null);

    public static ValueText<T?> OrNothing<T>(this ValueText<T> text)
        where T : class => new(text.Allowed + ", or null", given => IsNull(given) ? null : text.Read(given), value => value is null ? Null : text.Write(value));

    public static string OneOf(IReadOnlyList<string> forms) => "one of " + string.Join(", ", forms);

    private static bool IsNull(string text) => text.Equals(Null, StringComparison.OrdinalIgnoreCase);

    private static FeatureScaling ReadScaling(string text) => TextWords.AreSame(text, RobustWhiteningText) ? new RobustWhitening() : FeatureScaling.Parse(text);
}
