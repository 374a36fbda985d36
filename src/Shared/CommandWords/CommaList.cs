using System.Text;

namespace AnomalyKit.CommandWords;

/// <summary>Lists as people type them: <c>A,B</c>.</summary>
internal static class CommaList
{
    /// <summary>The parts between commas; a comma that is part of a name is written <c>\,</c>.</summary>
    public static IEnumerable<string> Split(string text)
    {
        var part = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is ',' or '\\')
            {
                part.Append(text[++i]);
            }
            else if (text[i] == ',')
            {
                yield return part.ToString();
                part.Clear();
            }
            else
            {
                part.Append(text[i]);
            }
        }

        yield return part.ToString();
    }
}
