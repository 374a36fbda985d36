using System.Buffers;

namespace AnomalyKit.Serving.Loading;

/// <summary>Tells names of versions from other names of folders. Every name is a version; unusual ones are worth a warning.</summary>
internal static class VersionName
{
    private static readonly SearchValues<char> Separators = SearchValues.Create(".-_+~ ");

    // What people append to a folder that they want to be left out.
    private static readonly HashSet<string> Words = new(
        ["old", "bad", "bak", "backup", "broken", "copy", "delete", "disabled", "draft", "off", "orig", "original", "part", "save", "saved", "temp", "tmp", "unused", "wrong"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a name is a version by what it looks like: numbers with points between them, perhaps with a v in front, and perhaps more behind a hyphen, as in <c>1.10-rc2</c> or <c>2026-11-28</c>.</summary>
    public static bool IsUsual(ReadOnlySpan<char> name)
    {
        var rest = name.StartsWith("v", StringComparison.OrdinalIgnoreCase) ? name[1..] : name;
        bool isNumber = true;
        while (true)
        {
            int end = rest.IndexOfAny(Separators);
            var part = end < 0 ? rest : rest[..end];
            if (part.IsEmpty || Words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(part) || (isNumber && part.ContainsAnyExceptInRange('0', '9')))
                return false;
            if (end < 0)
                return true;
            isNumber &= rest[end] == '.';
            if (!isNumber && rest[end] is '~' or ' ')
                return false;
            rest = rest[(end + 1)..];
        }
    }
}
