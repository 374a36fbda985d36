using System.Text;

namespace AnomalyKit.Dashboard.Tables;

/// <summary>Names of columns as a viewer types them: with commas between, as in <c>--keep A,B</c>. A comma that is part of a name is written <c>\,</c>.</summary>
internal static class KeyColumnText
{
    /// <summary>The names in their order, each once.</summary>
    public static string[] Read(string text)
    {
        var names = new List<string>();
        var name = new StringBuilder();
        for (int i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || text[i] == ',')
            {
                names.Add(name.ToString().Trim());
                name.Clear();
            }
            else
            {
                if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is ',' or '\\')
                    i++;
                name.Append(text[i]);
            }
        }

        return [.. names.Where(each => each.Length > 0).Distinct(StringComparer.Ordinal)];
    }
}
