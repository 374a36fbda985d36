using System.Text;

namespace AnomalyKit.Serving.Protocol;

/// <summary>What a request said, as it can stand in a message: short, and on one line.</summary>
internal static class Quoted
{
    private const int MaxLength = 64;

    public static string Text(string text)
    {
        bool isLong = text.Length > MaxLength;
        if (!isLong && !text.AsSpan().ContainsAnyInRange('\0', '\x1f'))
            return text;
        var shown = new StringBuilder(MaxLength + 1);
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, MaxLength)))
            shown.Append(char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c);
        return isLong ? shown.Append('…').ToString() : shown.ToString();
    }

    public static string Text(ReadOnlySpan<byte> utf8) => Text(Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, 4 * MaxLength)]));
}
